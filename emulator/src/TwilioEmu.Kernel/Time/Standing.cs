namespace TwilioEmu.Kernel.Time;

/// <summary>What a clock waits for and is bound by, at one moment.</summary>
/// <param name="Holds">What virtual time waits for: webhooks in flight, work off the loop.</param>
/// <param name="Leads">Who leads by hand.</param>
/// <param name="PinnedBy">What binds time to the wall's pace.</param>
/// <param name="Settling">How much longer, on the wall, time stands for what came from outside last.</param>
/// <param name="Stood">For how long time has stood since the world began, and for whom.</param>
public sealed record Standing(
    IReadOnlyList<string> Holds, IReadOnlyList<string> Leads, IReadOnlyList<string> PinnedBy, TimeSpan Settling, StoodFor Stood);
