using System.CommandLine;
using TwilioEmu.Redirection;
using TwilioEmu.Tls;

namespace TwilioEmu.Commands;

/// <summary><c>twilioemu ca</c>: the root certificate that clients of the TLS port and the proxy are to trust.</summary>
internal static class CaCommand
{
    public static Command Build()
    {
        var options = new RedirectionOptions();
        var output = new Option<string?>("--out") { Description = "file to write instead of the terminal" };
        var bundle = new Option<bool>("--bundle") { Description = "the machine's own roots too, for programs that trust one file alone" };
        var command = new Command(
            "ca",
            "prints the CA certificate clients are to trust: of a running emulator, or of the one kept in --data DIR (made "
                + "there if need be)") { output, bundle };
        options.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            if (options.Read(parsed) is not { } asked) return ExitCodes.BadInput;
            if (await EmulatorFinder.CaAsync(asked.Ca, asked.Near, cancellation) is not { } pem) return ExitCodes.Failed;
            if (parsed.GetValue(bundle)) pem = RootCertificates.Pem(Environment.GetEnvironmentVariable("SSL_CERT_FILE")) + pem;
            if (parsed.GetValue(output) is not { } file)
            {
                await System.Console.Out.WriteAsync(pem);
                return ExitCodes.Ok;
            }
            try
            {
                if (Path.GetDirectoryName(file) is { Length: > 0 } folder) Directory.CreateDirectory(folder);
                await File.WriteAllTextAsync(file, pem, cancellation);
                return ExitCodes.Ok;
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                await System.Console.Error.WriteLineAsync($"twilioemu: {file}: {fault.Message}");
                return ExitCodes.BadInput;
            }
        });
        return command;
    }
}
