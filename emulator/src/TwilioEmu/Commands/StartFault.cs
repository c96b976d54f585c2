using System.Security.Cryptography;
using TwilioEmu.Composition;
using TwilioEmu.Durable.Files;
using TwilioEmu.Options;

namespace TwilioEmu.Commands;

/// <summary>Why an emulator could not start: said on stderr, and the exit code.</summary>
internal static class StartFault
{
    /// <summary>True for what a user can cure: a port, a folder, a file of theirs; the rest is ours and comes out as it is.</summary>
    public static bool IsUsers(Exception fault) =>
        fault is IOException or UnauthorizedAccessException or DataFault or ConfigFault or CryptographicException;

    /// <summary>Says it.</summary>
    public static async Task<int> TellAsync(Exception fault, Startup startup, EmulatorOptions options)
    {
        if (fault is ConfigFault config)
        {
            ConfigFiles.Tell(startup.ConfigPath, config);
            return ExitCodes.BadInput;
        }
        var (words, code) = fault switch
        {
            DataFault => (fault.Message, ExitCodes.BadInput),
            CryptographicException => ($"the CA cannot be used: {fault.Message}", ExitCodes.BadInput),
            IOException io when BindFault.Is(io) => (BindFault.Describe(io, options.Endpoints), ExitCodes.CannotListen),
            _ => (fault.Message, ExitCodes.CannotListen),
        };
        await System.Console.Error.WriteLineAsync($"twilioemu: {words}");
        return code;
    }
}
