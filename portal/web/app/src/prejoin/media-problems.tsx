import type { ReactNode } from 'react';
import { Button } from '../design/button.tsx';
import { Notice } from '../design/notice.tsx';
import { mediaSentence, type Device } from '../media/media-problem.ts';
import type { OwnMedia } from '../media/own-media.ts';
import { useStore } from '../store.ts';

/** Why there is no picture or no sound, in a sentence, and what to do. Two devices with one reason are one message. */
export function MediaProblems({ media }: { readonly media: OwnMedia }): ReactNode {
  const { camera, microphone } = useStore(media);
  const problems = [
    ...(microphone.problem === undefined
      ? []
      : [{ device: 'microphone' as Device, problem: microphone.problem }]),
    ...(camera.problem === undefined ? [] : [{ device: 'camera' as Device, problem: camera.problem }]),
  ];
  const [first, second] = problems;
  if (first === undefined) {
    return null;
  }
  const together = first.problem === second?.problem && ['denied', 'insecure'].includes(first.problem);
  const sentences = together
    ? [mediaSentence('microphone', first.problem).replace('the microphone', 'camera and microphone')]
    : problems.map(({ device, problem }) => mediaSentence(device, problem));
  return (
    <Notice
      tone="warning"
      actions={first.problem !== 'insecure' && <Button onClick={() => void media.retry()}>Try again</Button>}
    >
      {sentences.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
    </Notice>
  );
}
