using System.CommandLine;
using TwilioEmu.Access;
using TwilioEmu.Accounts.Directory;
using TwilioEmu.Composition;
using TwilioEmu.Console.Pages;
using TwilioEmu.Console.Stories;
using TwilioEmu.Kernel.Settings;
using TwilioEmu.Options;
using TwilioEmu.Scenarios.Config;
using TwilioEmu.Scenarios.Reading;
using TwilioEmu.Scenarios.Reports;
using TwilioEmu.Scenarios.Running;
using TwilioEmu.Scenarios.Steps;

namespace TwilioEmu.Commands;

/// <summary>
/// <c>twilioemu run FILE|DIR...</c>: runs scenarios, each in a fresh world, or against a running emulator; exit 0 only if all passed.
/// </summary>
internal static class RunCommand
{
    public static Command Build()
    {
        var files = new Argument<string[]>("FILE") { Description = "scenario files, or folders of them", Arity = ArgumentArity.OneOrMore };
        var junit = new Option<string?>("--junit") { Description = "file for a JUnit XML report" };
        var journal = new Option<string?>("--journal") { Description = "file for what happened in every story, a JSON object a line" };
        var filter = new Option<string?>("--filter")
        {
            Description = "only stories with one of these tags, or parts of their title: voice,sms,!slow",
        };
        var port = new Option<string?>("--port")
        {
            Description = "where each story's world listens in its turn, and so part of the URLs of recordings and media; "
                + $"0 picks a free one each ({EmulatorOptions.UsualPort} if it is free)",
        };
        var baseUrl = new Option<string?>("--base-url") { Description = "an emulator that runs elsewhere, such as http://127.0.0.1:4010" };
        var keep = new Option<bool>("--ui")
        {
            Description = "keeps the world of a story that failed, to look at in the web UI, until Enter is pressed",
        };
        var options = new OptionTable(
            ServeSettings.ControlToken with { Means = "what the control API of that emulator asks for" },
            ServeSettings.Seed with { Means = "source of SIDs and chances (1)" }, WorldSettings.StoresUnbuilt);
        var command = new Command("run", "runs YAML scenarios; exit 0 only if all passed")
        {
            files, junit, journal, filter, port, baseUrl, keep,
        };
        options.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var errors = new List<string>();
            var given = options.Read(parsed, ServeOptions.None, errors);
            // Not the setting of serve: a TWILIOEMU_PORT for that one would have stories collide with it.
            var listening = ServeOptions.None;
            if (parsed.GetValue(port) is { } text)
            {
                listening = ServeSettings.Put(ServeSettings.Port, listening, text, out var wrong);
                if (wrong is not null) errors.Add($"--port: {wrong}");
            }
            var asked = new Asked(
                parsed.GetRequiredValue(files), parsed.GetValue(junit), parsed.GetValue(journal), parsed.GetValue(filter),
                parsed.GetValue(baseUrl), parsed.GetValue(keep), listening.Get(ServeSettings.Port), given);
            return errors.Count > 0 ? Bad(errors[0]) : await RunAsync(asked, cancellation);
        });
        return command;
    }

    private static async Task<int> RunAsync(Asked asked, CancellationToken cancellation)
    {
        Uri? elsewhere = null;
        if (asked.BaseUrl is { } url
            && (!Uri.TryCreate(url, UriKind.Absolute, out elsewhere) || elsewhere.Scheme is not ("http" or "https")))
        {
            return Bad($"--base-url: {Words.Url(url)}");
        }
        if (Read(asked) is not { } stories) return ExitCodes.BadInput;

        var token = asked.Options.Get(ServeSettings.ControlToken);
        using var http = new SocketHttpDoor { ControlToken = token is AccessOptions.Off ? null : token };
        using var journal = asked.Journal is { } file ? new JournalFile(file) : null;
        if (journal is not null && !journal.TryOpen()) return ExitCodes.BadInput;
        var shown = elsewhere;
        var host = new StoryHost(asked.Options, asked.Port ?? EmulatorOptions.UsualPort, isOnlyIfFree: asked.Port is null);
        await using var kept = new KeptWorld(host, url => shown = url);
        var runner = elsewhere is null
            ? ScenarioRunner.InFreshWorlds(asked.Keeps ? kept : host, http, TimeProvider.System, asked.Options.Get(ServeSettings.Seed) ?? 1)
            : ScenarioRunner.Against(elsewhere, http, TimeProvider.System, UsualAccount());
        if (journal is not null) runner.Journal = journal.AddAsync;
        var report = new ConsoleReport(System.Console.Out);
        var results = new List<StoryResult>();
        foreach (var story in stories)
        {
            try
            {
                var result = await runner.RunAsync(story, cancellation);
                report.Tell(result);
                results.Add(result);
                if (result is { IsPassed: false, HasBegun: true } && shown is not null)
                {
                    await ShowAsync(shown, waits: asked.Keeps && elsewhere is null, cancellation);
                }
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                await System.Console.Error.WriteLineAsync($"twilioemu: stopped in \"{story.Name}\"; {stories.Count - results.Count} of "
                    + $"{stories.Count} stories were not told to their end");
                break;
            }
        }
        report.Close(results);
        if (journal is not null && host.WasPortTaken)
        {
            await System.Console.Error.WriteLineAsync($"twilioemu: another program has port {EmulatorOptions.UsualPort}, so that URLs of "
                + "recordings and media in the journal differ from run to run; --port names another");
        }
        if (asked.JUnit is { } junit && !await TryWriteJUnitAsync(junit, results, CancellationToken.None)) return ExitCodes.BadInput;
        return results.Count < stories.Count ? ExitCodes.Interrupted
            : results.TrueForAll(r => r.IsPassed) ? ExitCodes.Ok
            : ExitCodes.Failed;
    }

    /// <summary>Tells where a failed story can be looked at; its world stands until Enter is pressed, or input ends.</summary>
    private static async Task ShowAsync(Uri world, bool waits, CancellationToken cancellation)
    {
        await System.Console.Out.WriteLineAsync(
            $"    see it: {world.GetLeftPart(UriPartial.Authority)}{UiLinks.Latest}{(waits ? "  (Enter goes on)" : "")}");
        if (!waits) return;
        try
        {
            await System.Console.In.ReadLineAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
            // Told to stop: the stories that are left are not run either.
        }
    }

    /// <summary>The stories asked for; null after saying on stderr what is wrong.</summary>
    private static List<Scenario>? Read(Asked asked)
    {
        if (StoryFiles.Find(asked.Paths) is not { } files) return null;
        var faults = new Faults { Kinds = HouseEntries.Kinds };
        var stories = new List<Scenario>();
        foreach (var file in files)
        {
            if (ConfigFiles.ReadText(file) is not { } text) return null;
            if (ScenarioReader.ReadFile(file, text, faults) is { } story) stories.Add(story);
        }
        if (ConfigFiles.Tell(faults)) return null;
        if (asked.Filter is not { } filter) return stories;
        var meant = stories.Where(s => s.IsMeantBy(filter)).ToList();
        // A filter that leaves nothing would be a green run of nothing.
        if (meant.Count > 0) return meant;
        Bad($"--filter {filter} leaves none of {stories.Count} stories; their tags are "
            + $"{string.Join(", ", stories.SelectMany(s => s.Tags).Distinct().DefaultIfEmpty("none"))}");
        return null;
    }

    /// <summary>The account that <c>serve</c> starts with unless told otherwise.</summary>
    private static StoryAccount UsualAccount() => new(
        Environment.GetEnvironmentVariable("TWILIO_ACCOUNT_SID") is { Length: > 0 } sid ? sid : AccountBook.DefaultSid.Value,
        Environment.GetEnvironmentVariable("TWILIO_AUTH_TOKEN") is { Length: > 0 } token ? token : AccountBook.DefaultToken,
        "TwilioEmu");

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

    /// <summary>What the command line asks for.</summary>
    private sealed record Asked(
        string[] Paths, string? JUnit, string? Journal, string? Filter, string? BaseUrl, bool Keeps, int? Port,
        ServeOptions Options);
}
