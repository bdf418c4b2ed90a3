import {
  type Activity,
  ActivityHandler,
  ActivityTypes,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  type Request,
  type Response,
  type TurnContext,
} from 'botbuilder';
import type { IncomingMessage, Reply } from '../domain';
import type { TurnHandler } from './assistant-port';
import { TURN_DEADLINE, withDeadline } from './deadline';
import { incomingMessage } from './incoming';
import { loopbackClient } from './loopback-client';
import { replyActivity } from './outgoing';

/** What `createBot` needs. */
export interface BotOptions {
  readonly assistant: TurnHandler;
  /** Told of every fault: a turn that threw or was too slow, a reply that could not be sent. */
  readonly onFault: (error: unknown) => void;
  /** What a shopper reads when a turn threw; `locale` is the channel's BCP 47 tag, where it sent one. */
  readonly apology: (locale: string | undefined) => string;
  /** The server's public address, for the pictures of cards. */
  readonly publicUrl: string;
  readonly appId?: string | undefined;
  readonly appPassword?: string | undefined;
  readonly tenantId?: string | undefined;
  /** `MultiTenant` (the default), `SingleTenant` or `UserAssignedMsi`. */
  readonly appType?: string | undefined;
  /** Milliseconds; 15,000 unless told. */
  readonly deadline?: number | undefined;
}

/** The bot as the server sees it. */
export interface Bot {
  /** Answers a request of a Bot Framework channel to `/api/messages`; the body is parsed and validated by the caller. */
  process(request: Request, response: Response): Promise<void>;
  /**
   * Runs the turn of an activity of the local Direct Line, which needs no credentials whatever the app id is. Replies go
   * to `activity.serviceUrl`. Resolves when the turn is over; faults went to `onFault`.
   */
  processLocal(activity: Activity): Promise<void>;
}

/** A Bot Framework bot that hands every message to the assistant and sends its replies. */
export function createBot(options: BotOptions): Bot {
  const { onFault } = options;
  const handler = new ShopBot(options);
  const cloud = adapter(credentialsOf(options), onFault);
  const local = adapter(
    new ConfigurationBotFrameworkAuthentication({}, undefined, undefined, undefined, { httpClient: loopbackClient }),
    onFault,
  );
  const run = (context: TurnContext): Promise<void> => handler.run(context);
  return {
    process: (request, response) => cloud.process(request, response, run),
    processLocal: async (activity) => {
      try {
        await local.processActivityDirect('', activity, run);
      } catch (error) {
        onFault(error);
      }
    },
  };
}

function adapter(
  authentication: ConfigurationBotFrameworkAuthentication,
  onFault: (error: unknown) => void,
): CloudAdapter {
  const made = new CloudAdapter(authentication);
  made.onTurnError = async (_context, error) => onFault(error);
  return made;
}

function credentialsOf(options: BotOptions): ConfigurationBotFrameworkAuthentication {
  const { appId, appPassword, tenantId, appType } = options;
  return new ConfigurationBotFrameworkAuthentication({
    ...(appId ? { MicrosoftAppId: appId } : {}),
    ...(appPassword ? { MicrosoftAppPassword: appPassword } : {}),
    ...(tenantId ? { MicrosoftAppTenantId: tenantId } : {}),
    ...(appType ? { MicrosoftAppType: appType } : {}),
  });
}

class ShopBot extends ActivityHandler {
  constructor(private readonly options: BotOptions) {
    super();
    const answer = async (context: TurnContext, next: () => Promise<void>): Promise<void> => {
      await this.answer(context);
      await next();
    };
    this.onMessage(answer);
    this.onConversationUpdate(answer);
  }

  private async answer(context: TurnContext): Promise<void> {
    const message = incomingMessage(context.activity);
    if (message === undefined) return;
    await context.sendActivity({ type: ActivityTypes.Typing });
    const replies = await this.replies(message);
    if (replies === undefined) {
      await context.sendActivity({
        type: ActivityTypes.Message,
        text: this.options.apology(message.locale),
        textFormat: 'plain',
      });
      return;
    }
    const publicUrl = this.options.publicUrl.replace(/\/+$/, '');
    for (const reply of replies) {
      const activity = replyActivity(reply, { channelId: message.channel, publicUrl });
      if (activity !== undefined) await context.sendActivity(activity);
    }
  }

  /** Undefined when the turn threw. */
  private async replies(message: IncomingMessage): Promise<readonly Reply[] | undefined> {
    const { assistant, deadline = TURN_DEADLINE, onFault } = this.options;
    try {
      return await withDeadline(deadline, (signal) => assistant.handleTurn(message, signal));
    } catch (error) {
      onFault(error);
      return undefined;
    }
  }
}
