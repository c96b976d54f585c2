namespace TwilioEmu.Kernel.Time;

/// <summary>How long virtual time has stood, on the wall, although something was due: where the wall time of a test suite went.</summary>
/// <param name="Graces">For whoever had just acted, to act again.</param>
/// <param name="Answers">For apps that think over webhooks, and for work off the loop.</param>
/// <param name="Thinking">For who leads a phone by hand, or acts behind an expectation.</param>
public readonly record struct StoodFor(TimeSpan Graces, TimeSpan Answers, TimeSpan Thinking);
