using System.CommandLine;
using System.Globalization;
using TwilioEmu.Redirection;

namespace TwilioEmu.Commands;

/// <summary><c>twilioemu env</c>: the variables that lead an unchanged app, whatever its SDK, to a running emulator.</summary>
internal static class EnvCommand
{
    private const string Name = "env";

    /// <summary>What people call the formats.</summary>
    private static readonly Dictionary<string, string> OtherNames = new(StringComparer.Ordinal)
    {
        ["bash"] = "sh",
        ["zsh"] = "sh",
        ["shell"] = "sh",
        ["pwsh"] = "powershell",
        ["ps1"] = "powershell",
        ["ps"] = "powershell",
        ["env"] = "dotenv",
        [".env"] = "dotenv",
        ["docker"] = "compose",
        ["yaml"] = "compose",
        ["actions"] = "github",
    };

    public static Command Build()
    {
        var options = new RedirectionOptions();
        var format = new Option<string?>("--format")
        {
            Description = "sh (eval \"$(twilioemu env)\"), powershell (| Out-String | Invoke-Expression), dotenv, "
                + "compose (an environment: of compose.yaml) or github (>> $GITHUB_ENV)",
        };
        var folder = new Option<string?>("--out-dir")
        {
            Description = "folder for the certificates the variables name (DIR/env of --data, else one in the user's own state)",
        };
        var seenAs = new Option<string?>("--seen-as")
        {
            Description = "where the app finds that folder, when it is mounted elsewhere: /twilioemu",
        };
        var undo = new Option<bool>("--undo") { Description = "prints what leads this shell back: eval \"$(twilioemu env --undo)\"" };
        const string Does = "prints the environment that points any official SDK at a running emulator, and writes the "
            + "certificates it names";
        var command = new Command(Name, Does) { format, folder, seenAs, undo };
        options.AddTo(command);
        command.SetAction(async (parsed, cancellation) => EndEval(parsed, await RunAsync(parsed, cancellation)));
        return command;

        async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
        {
            var asFormat = parsed.GetValue(format) ?? "sh";
            if (!Writing.Formats.Contains(asFormat))
            {
                var hint = OtherNames.TryGetValue(asFormat.ToLowerInvariant(), out var meant) ? $" (did you mean {meant}?)" : "";
                await System.Console.Error.WriteLineAsync(
                    $"twilioemu: --format is {string.Join(", ", Writing.Formats)}, not \"{asFormat}\"{hint}");
                return ExitCodes.BadInput;
            }
            if (parsed.GetValue(undo)) return await UndoAsync(asFormat);
            if (options.Read(parsed) is not { } asked) return ExitCodes.BadInput;
            var pem = await EmulatorFinder.CaAsync(asked.Ca, asked.Near, cancellation);
            if (pem is null) return ExitCodes.Failed;
            var files = new TrustFiles(Path.GetFullPath(parsed.GetValue(folder) ?? UsualFolder(asked)));
            var seen = parsed.GetValue(seenAs) is { } elsewhere ? new TrustFiles(elsewhere) : files;
            try
            {
                files.Write(pem, PresetBundle(files), seen);
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                await System.Console.Error.WriteLineAsync($"twilioemu: {files.Folder}: {fault.Message}");
                return ExitCodes.BadInput;
            }
            var told = await EmulatorFinder.AccountAsync(asked.Near, asked.ControlToken, isKnownToRun: !asked.Ca.IsKept, cancellation);
            if (told is null)
            {
                var hint = asked.ControlToken is null ? " (where it asks for a control token: TWILIOEMU_CONTROL_TOKEN)" : "";
                await System.Console.Error.WriteLineAsync(
                    $"twilioemu: nobody at {string.Join(" or ", asked.Near)} tells its account{hint}: "
                        + "TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN are the config file's, the environment's or the usual ones");
            }
            var (sid, token) = told ?? asked.Account;
            foreach (var note in Variables.Notes(Environment.GetEnvironmentVariable))
            {
                await System.Console.Error.WriteLineAsync($"twilioemu: {note}");
            }
            var variables = Variables.For(asked.Url, sid, token, seen, asked.ControlToken, Environment.GetEnvironmentVariable);
            // Only a shell can be led back.
            var kept = Before.Keep(variables, Environment.GetEnvironmentVariable);
            await System.Console.Out.WriteAsync(
                Writing.Text(asFormat, Writing.Shells.Contains(asFormat) ? variables.Append(kept) : variables));
            return ExitCodes.Ok;
        }
    }

    /// <summary>
    /// Has a shell see that nothing came of it: <c>eval "$(twilioemu env)" &amp;&amp; npm test</c> looks at what was printed and not at the
    /// exit code, and would go on to the real Twilio.
    /// </summary>
    /// <returns>The code it was given.</returns>
    public static int EndEval(ParseResult parsed, int code)
    {
        if (code != ExitCodes.Ok && parsed.CommandResult.Command.Name == Name
            && (parsed.Tokens.Select(t => t.Value).FirstOrDefault(Writing.Formats.Contains) ?? "sh") is var format
            && Writing.Shells.Contains(format))
        {
            System.Console.Out.WriteLine(Writing.End(format));
        }
        return code;
    }

    private static async Task<int> UndoAsync(string format)
    {
        var isShell = Writing.Shells.Contains(format);
        var undone = isShell ? Before.Undo(format, Environment.GetEnvironmentVariable) : null;
        if (undone is null)
        {
            await System.Console.Error.WriteLineAsync(isShell
                ? "twilioemu: this shell was not led here by twilioemu env: there is nothing to undo"
                : $"twilioemu: --undo is for a shell, whose formats are {string.Join(" and ", Writing.Shells)}");
            return ExitCodes.BadInput;
        }
        await System.Console.Out.WriteAsync(undone);
        return ExitCodes.Ok;
    }

    // In a shell that has been led here before, the variable names our own last bundle: its roots would pile up.
    private static string? PresetBundle(TrustFiles files) =>
        Environment.GetEnvironmentVariable("SSL_CERT_FILE") is { } preset && Path.GetFullPath(preset) != files.Bundle ? preset : null;

    private static string UsualFolder(RedirectionOptions.Asked asked)
    {
        if (asked.Ca.Folder is { } kept) return Path.Combine(kept, "..", "env");
        var state = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        var mine = state.Length > 0
            ? Path.Combine(state, "twilioemu")
            : Path.Combine(Path.GetTempPath(), "twilioemu-" + Environment.UserName);
        return Path.Combine(mine, asked.Near[0].Port.ToString(CultureInfo.InvariantCulture));
    }
}
