namespace TwilioEmu.Kernel.Time;

/// <summary>What an idle loop is to do next.</summary>
internal enum IdleStep
{
    /// <summary>Sleep until something arrives or the given time has passed.</summary>
    Wait,

    /// <summary>Time has moved: fire the given timer.</summary>
    Fire,

    /// <summary>Something changed without a timer (an advance was completed): look again.</summary>
    Again,
}
