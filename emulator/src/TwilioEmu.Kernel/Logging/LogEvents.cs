namespace TwilioEmu.Kernel.Logging;

/// <summary>
/// Event ids of the log for us (diagnostics): why the emulator did what it did. What happened in the world is the journal's.
/// </summary>
/// <remarks>
/// Hundreds by project. Written by <c>[LoggerMessage]</c> methods in a nested <c>Log</c> class, category the type that writes.
/// </remarks>
public static class LogEvents
{
    /// <summary>The emulator itself faltered.</summary>
    public const int Faulted = 100;

    /// <summary>A world began.</summary>
    public const int WorldOpened = 101;

    /// <summary>A world ended.</summary>
    public const int WorldEnded = 102;

    /// <summary>Procedures did not end when the world did.</summary>
    public const int Abandoned = 103;

    /// <summary>A turn of the loop took long.</summary>
    public const int SlowTurn = 104;

    /// <summary>An attempt at a webhook failed below HTTP.</summary>
    public const int WireFailed = 200;

    /// <summary>The control API answered.</summary>
    public const int ControlAnswered = 300;

    /// <summary>An entry of the journal, in the console's words.</summary>
    public const int Told = 301;

    /// <summary>Something about the journal that is no entry of it.</summary>
    public const int Said = 302;

    /// <summary>A port that nobody asked for is another program's.</summary>
    public const int PortTaken = 400;

    /// <summary>The world or the server did not stop in time.</summary>
    public const int StoppedLate = 401;
}
