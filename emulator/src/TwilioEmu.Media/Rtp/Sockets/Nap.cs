using System.Runtime.InteropServices;

namespace TwilioEmu.Media.Rtp.Sockets;

/// <summary>A sleep that is shorter than a millisecond, which .NET's waits are counted in.</summary>
internal static class Nap
{
    /// <summary>Returns a little later, within what the system's timers are off by (50 us on Linux as a rule), and not too early.</summary>
    /// <returns>False where the system has no such sleep.</returns>
    public static bool TryFor(TimeSpan time)
    {
        if (!OperatingSystem.IsLinux() && !OperatingSystem.IsMacOS()) return false;
        if (time <= TimeSpan.Zero) return true;
        var asked = new Timespec
        {
            Seconds = (nint)(time.Ticks / TimeSpan.TicksPerSecond),
            Nanoseconds = (nint)(time.Ticks % TimeSpan.TicksPerSecond * TimeSpan.NanosecondsPerTick),
        };
        // A signal that cuts it short is as rare as it is harmless: who naps looks at the time afterwards.
        _ = NanoSleep(asked, IntPtr.Zero);
        return true;
    }

    [DllImport("libc", EntryPoint = "nanosleep")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int NanoSleep(in Timespec asked, IntPtr left);

    /// <summary><c>struct timespec</c> (POSIX): seconds, and nanoseconds below a second.</summary>
    private readonly struct Timespec
    {
        public nint Seconds { get; init; }

        public nint Nanoseconds { get; init; }
    }
}
