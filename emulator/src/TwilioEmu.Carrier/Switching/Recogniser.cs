namespace TwilioEmu.Carrier.Switching;

/// <summary>The words of an utterance of a live party; off the loop.</summary>
/// <param name="wav">16 bits, 8 kHz, mono.</param>
/// <param name="cancellation">Nobody waits any more.</param>
public delegate Task<RecognisedSpeech> Recogniser(ReadOnlyMemory<byte> wav, CancellationToken cancellation);

/// <summary>What a recogniser made of it.</summary>
/// <param name="Words">Empty when it understood none.</param>
/// <param name="Confidence">0 to 1; null where it does not say.</param>
/// <param name="Fault">Why there is no answer; null for one.</param>
public sealed record RecognisedSpeech(string Words, double? Confidence, string? Fault);
