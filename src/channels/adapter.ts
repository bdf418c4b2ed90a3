import {
  type Activity,
  ActivityTypes,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  type ConversationReference,
  type InvokeResponse,
  type TurnContext,
} from 'botbuilder';
import { AuthenticationError } from 'botframework-connector';
import { VitrineError } from '../domain';
import { loopbackClient } from './loopback-client';

/** Who the bot is to Bot Framework channels; empty for local use. */
export interface Credentials {
  readonly appId?: string | undefined;
  readonly appPassword?: string | undefined;
  readonly tenantId?: string | undefined;
  /** `MultiTenant`, `SingleTenant` or `UserAssignedMsi`. */
  readonly appType?: string | undefined;
}

/** The Bot Framework adapter: authenticates what comes in, and sends at any time what goes out. */
export class ShopAdapter extends CloudAdapter {
  constructor(
    authentication: ConfigurationBotFrameworkAuthentication,
    private readonly appId: string,
  ) {
    super(authentication);
    // Faults reach the caller: without this the SDK prints them and goes on.
    this.onTurnError = async (_context, error) => {
      throw error;
    };
  }

  /** The adapter of Bot Framework channels. */
  static forChannels({ appId, appPassword, tenantId, appType }: Credentials): ShopAdapter {
    const settings = {
      ...(appId ? { MicrosoftAppId: appId } : {}),
      ...(appPassword ? { MicrosoftAppPassword: appPassword } : {}),
      ...(tenantId ? { MicrosoftAppTenantId: tenantId } : {}),
      ...(appType ? { MicrosoftAppType: appType } : {}),
    };
    return new ShopAdapter(new ConfigurationBotFrameworkAuthentication(settings), appId ?? '');
  }

  /** The adapter of the local Direct Line, which needs no credentials whatever the app id is. */
  static forLocal(): ShopAdapter {
    const client = { httpClient: loopbackClient };
    return new ShopAdapter(
      new ConfigurationBotFrameworkAuthentication({}, undefined, undefined, undefined, client),
      '',
    );
  }

  /** Authenticates an activity, then runs `logic`. Throws UNAUTHORISED, or NOT_READY when that can't be told now. */
  async receive(
    authorization: string,
    activity: Activity,
    logic: (context: TurnContext) => Promise<void>,
  ): Promise<InvokeResponse | undefined> {
    let authenticated = false;
    try {
      return await this.processActivity(authorization, activity, async (context) => {
        authenticated = true;
        await logic(context);
      });
    } catch (error) {
      throw authenticated ? error : notAuthenticated(error);
    }
  }

  /** Sends an activity as the answer to another one. Rejects when the channel did not take it. */
  async answer(answered: Activity, activity: Partial<Activity>): Promise<void> {
    const reference: Partial<ConversationReference> = {
      channelId: answered.channelId,
      serviceUrl: answered.serviceUrl,
      conversation: answered.conversation,
      bot: answered.recipient,
      user: answered.from,
      ...(answered.locale && { locale: answered.locale }),
    };
    await this.continueConversationAsync(this.appId, reference, async (context) => {
      // The SDK would answer an event that it made up: a client that waits for that event holds the answer back.
      Object.assign(context.activity, { id: answered.id });
      await context.sendActivity(activity);
    });
  }

  /** Shows that the bot is at work. */
  typing(answered: Activity): Promise<void> {
    return this.answer(answered, { type: ActivityTypes.Typing });
  }
}

/** The SDK throws errors of its own, of its JWT library and of its HTTP client. */
function notAuthenticated(cause: unknown): VitrineError {
  const { name } = cause as Error;
  const unreachable = name === 'FetchError' || (cause instanceof AuthenticationError && cause.statusCode >= 500);
  // The channel is asked to send it again when its keys could not be fetched.
  if (unreachable) return new VitrineError('NOT_READY', 'The keys of the channel could not be read.', { cause });
  return new VitrineError('UNAUTHORISED', 'The channel could not be authenticated.', { cause });
}
