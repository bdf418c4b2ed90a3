import { useWords } from '../texts';

/** Satisfaction from 1 to 5. */
export function Stars({ value }: { readonly value: number }) {
  const { say } = useWords();
  return (
    <span className="satisfaction" role="img" aria-label={say('satisfactionOf', { value })}>
      {[1, 2, 3, 4, 5].map((star) => (
        <span key={star} data-full={star <= Math.round(value)}>
          ★
        </span>
      ))}
    </span>
  );
}
