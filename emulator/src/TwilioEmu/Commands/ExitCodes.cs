namespace TwilioEmu.Commands;

/// <summary>What the process says when it ends.</summary>
internal static class ExitCodes
{
    public const int Ok = 0;

    /// <summary>A story failed, or the emulator asked about is not healthy.</summary>
    public const int Failed = 1;

    /// <summary>A file, option or argument is wrong; stderr says which and where.</summary>
    public const int BadInput = 2;

    /// <summary>The port is taken or the address is not this machine's.</summary>
    public const int CannotListen = 3;

    /// <summary>Stopped by hand before all was done; the shells' own code for it.</summary>
    public const int Interrupted = 130;

    /// <summary>There is no such program to run; the shells' own code for it.</summary>
    public const int NoCommand = 127;
}
