using System.CommandLine;
using System.Globalization;
using TwilioEmu.Access;
using TwilioEmu.Composition;
using TwilioEmu.Options;
using TwilioEmu.Scenarios.Reading;
using TwilioEmu.Scenarios.Reports;
using TwilioEmu.Scenarios.Running;
using TwilioEmu.Scenarios.Steps;

namespace TwilioEmu.Commands;

/// <summary><c>twilioemu run FILE...</c>: runs scenarios, each in a fresh world, or against a running emulator; exit 0 only if all passed.</summary>
internal static class RunCommand
{
    public static Command Build()
    {
        var files = new Argument<string[]>("FILE") { Description = "scenario files", Arity = ArgumentArity.OneOrMore };
        var junit = new Option<string?>("--junit") { Description = "file for a JUnit XML report" };
        var baseUrl = new Option<string?>("--base-url") { Description = "an emulator that runs elsewhere, such as http://127.0.0.1:4010" };
        var seed = new Option<string?>("--seed") { Description = "source of SIDs and chances (1)" };
        var token = new Option<string?>("--control-token") { Description = "what the control API of that emulator asks for" };
        var unbuilt = OptionTable.Unbuilt();
        var command = new Command("run", "runs YAML scenarios; exit 0 only if all passed") { files, junit, baseUrl, token, seed, unbuilt };
        command.SetAction((parsed, cancellation) => RunAsync(
            parsed, unbuilt, parsed.GetRequiredValue(files), parsed.GetValue(junit), parsed.GetValue(baseUrl), OptionTable.Given(parsed, token),
            parsed.GetValue(seed) ?? Environment.GetEnvironmentVariable("TWILIOEMU_SEED"), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(
        ParseResult parsed, Option<string?> unbuilt, string[] files, string? junit, string? baseUrl, string? controlToken, string? seedText,
        CancellationToken cancellation)
    {
        var seed = 1L;
        if (seedText is not null && !long.TryParse(seedText, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out seed)) return Bad($"--seed is a whole number, not \"{seedText}\"");
        var errors = new List<string>();
        var storesUnbuilt = OptionTable.ReadUnbuilt(parsed, unbuilt, errors);
        if (errors.Count > 0) return Bad(errors[0]);
        Uri? elsewhere = null;
        if (baseUrl is not null && (!Uri.TryCreate(baseUrl, UriKind.Absolute, out elsewhere) || elsewhere.Scheme is not ("http" or "https"))) return Bad($"--base-url is an http or https URL, not \"{baseUrl}\"");

        var faults = new Faults();
        var stories = new List<Scenario>();
        foreach (var file in files)
        {
            if (ConfigFiles.ReadText(file) is not { } text) return ExitCodes.BadInput;
            if (ScenarioReader.ReadFile(file, text, faults) is { } story) stories.Add(story);
        }
        if (ConfigFiles.Tell(faults)) return ExitCodes.BadInput;

        using var http = new SocketHttpDoor { ControlToken = controlToken is AccessOptions.Off ? null : controlToken };
        var runner = elsewhere is null
            ? ScenarioRunner.InFreshWorlds(new StoryHost(storesUnbuilt), http, TimeProvider.System, seed)
            : ScenarioRunner.Against(elsewhere, http, TimeProvider.System);
        var report = new ConsoleReport(System.Console.Out);
        var results = new List<StoryResult>();
        foreach (var story in stories)
        {
            var result = await runner.RunAsync(story, cancellation);
            report.Tell(result);
            results.Add(result);
        }
        report.Close(results);
        if (junit is not null && !await TryWriteJUnitAsync(junit, results, cancellation)) return ExitCodes.BadInput;
        return results.TrueForAll(r => r.IsPassed) ? ExitCodes.Ok : ExitCodes.Failed;
    }

    private static async Task<bool> TryWriteJUnitAsync(string file, List<StoryResult> results, CancellationToken cancellation)
    {
        try
        {
            if (Path.GetDirectoryName(file) is { Length: > 0 } folder) Directory.CreateDirectory(folder);
            await JUnitReport.WriteAsync(file, results, cancellation);
            return true;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            await System.Console.Error.WriteLineAsync($"twilioemu: {file}: {fault.Message}");
            return false;
        }
    }

    private static int Bad(string message)
    {
        System.Console.Error.WriteLine($"twilioemu: {message}");
        return ExitCodes.BadInput;
    }
}
