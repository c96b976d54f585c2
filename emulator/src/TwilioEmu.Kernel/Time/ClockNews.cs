namespace TwilioEmu.Kernel.Time;

/// <summary>What a clock has to tell besides its time.</summary>
internal enum ClockNews
{
    /// <summary>From here on time goes at the wall's pace.</summary>
    Pinned,

    /// <summary>Time goes by its mode again.</summary>
    Released,

    /// <summary>Something outside took too long, and time goes on without it.</summary>
    HoldExpired,
}
