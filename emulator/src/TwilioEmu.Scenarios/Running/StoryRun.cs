using System.Buffers;
using System.Text.Json;
using TwilioEmu.Scenarios.Matching;
using TwilioEmu.Scenarios.Reading;
using TwilioEmu.Scenarios.Steps;

namespace TwilioEmu.Scenarios.Running;

/// <summary>One telling of one story: does its steps in order until one fails.</summary>
internal sealed class StoryRun(IStoryHands hands)
{
    private const int JournalAround = 25;
    private const int MaxLine = 220;
    private const int MaxTroubles = 1000;

    private readonly Dictionary<string, JsonElement> _values = new(StringComparer.Ordinal);
    private readonly HashSet<long> _seen = [];
    private bool _isClaiming = true;
    private long _since;

    /// <summary>Steps done so far, the one under way included.</summary>
    public int StepCount { get; private set; }

    /// <summary>Does all steps; null when nothing failed.</summary>
    public async Task<StoryFailure?> PlayAsync(IReadOnlyList<Step> steps, CancellationToken cancellation)
    {
        (var start, _since) = await hands.LookAsync(cancellation);
        var first = _since;
        if (hands.Accounts.Count > 0) _values["account"] = ElementOf(("sid", hands.Accounts[0].Sid), ("auth_token", hands.Accounts[0].AuthToken));
        foreach (var step in steps)
        {
            StepCount++;
            if (await TryAsync(step, cancellation) is { } problem) return await TellAsync(step, problem, start, cancellation);
        }
        return await LookForTroubleAsync(start, first, cancellation);
    }

    private async Task<Problem?> TryAsync(Step step, CancellationToken cancellation)
    {
        try
        {
            await MarkAsync(step, cancellation);
            for (var i = 1; i <= step.Repeat; i++)
            {
                if (step.Repeat > 1) _values["i"] = ElementOf(i);
                var problem = await DoAsync(step, cancellation);
                if (problem is not null) return step.Repeat == 1 ? problem : problem with { Message = $"time {i} of {step.Repeat}: {problem.Message}" };
            }
            return null;
        }
        catch (StoryException fault)
        {
            return new Problem(fault.Message, []);
        }
        finally
        {
            _values.Remove("i");
        }
    }

    /// <summary>Claims look from the first of the deeds before them: see <see cref="Step.IsDeed"/>.</summary>
    private async Task MarkAsync(Step step, CancellationToken cancellation)
    {
        if (step.IsDeed && _isClaiming) _since = (await hands.LookAsync(cancellation)).LastSeq;
        if (step.IsDeed) _isClaiming = false;
        else if (step is Step.Expects or Step.Hears) _isClaiming = true;
    }

    private async Task<Problem?> DoAsync(Step written, CancellationToken cancellation)
    {
        var faults = new Faults { AllowsTemplates = true };
        if (ScenarioReader.Refill(written, _values, faults) is not { } step) return new Problem(string.Join("; ", faults.All.Select(f => f.Message)), []);
        JsonElement result = default;
        switch (step)
        {
            case Step.Texts(var from, var to, var body, var media):
                result = ElementOf(("message_sid", await hands.TextAsync(from, to, body, media, cancellation)));
                break;
            case Step.Dials(var from, var to, var script):
                result = ElementOf(("call_sid", await hands.DialAsync(from, to, script, cancellation)));
                break;
            case Step.Acts(var number, var act):
                await hands.ActAsync(await hands.CallOfAsync(number, cancellation), number, act, cancellation);
                break;
            case Step.Behaves(var number, var behaviour):
                await hands.BehaveAsync(number, behaviour, cancellation);
                break;
            case Step.Advances(var by):
                await hands.AdvanceAsync(by, cancellation);
                break;
            case Step.Hears hears:
                return await HearAsync(hears, written, cancellation);
            case Step.Expects claim:
                return await ClaimAsync(claim, written, cancellation);
            case Step.Asks asks:
                return await AskAsync(asks, written, cancellation);
            default: throw new InvalidOperationException($"unknown step {step.GetType().Name}");
        }
        Keep(written, result);
        return null;
    }

    private async Task<Problem?> AskAsync(Step.Asks asks, Step written, CancellationToken cancellation)
    {
        var (answer, problem) = await new RestClaim(hands).AskAsync(asks, cancellation);
        Keep(written, answer);
        return problem;
    }

    /// <summary>Waits for the words to begin, and listens to the end of what is said: only then does the owner act.</summary>
    private async Task<Problem?> HearAsync(Step.Hears hears, Step written, CancellationToken cancellation)
    {
        var match = CallWords.Heard(await hands.CallOfAsync(hears.Number, cancellation), hears.Number, hears.Words);
        var sighting = await hands.WatchAsync(match, EntryCount.One, _since, hears.Within, cancellation);
        if (sighting.Found.Count == 0) return Missing(EntryCount.One, hears.Within, sighting);
        var heard = sighting.Found[0];
        var rest = CallWords.EndOf(heard) - (await hands.LookAsync(cancellation)).Now;
        if (rest > TimeSpan.Zero) await hands.AdvanceAsync(rest, cancellation);
        Keep(written, heard.ToElement());
        return null;
    }

    private async Task<Problem?> ClaimAsync(Step.Expects claim, Step written, CancellationToken cancellation)
    {
        var sighting = await hands.WatchAsync(claim.Match, claim.Count, _since, claim.Within, cancellation);
        foreach (var line in sighting.Found) _seen.Add(line.Seq);
        if (!claim.Count.IsMetBy(sighting.Found.Count)) return Missing(claim.Count, claim.Within, sighting);
        if (sighting.Found.Count > 0) Keep(written, sighting.Found[0].ToElement());
        return SpacingClaim.Check(claim.Spaced, sighting.Found, hands.IsPacedByWall) ?? CheckEach(claim, sighting.Found, written);
    }

    private static Problem Missing(EntryCount count, TimeSpan within, Sighting sighting)
    {
        var wanted = $"wanted {count} within {Durations.Write(within)}, found {sighting.Found.Count}";
        return new Problem(sighting.Found.Count > count.Number ? $"{wanted} or more" : wanted, [.. sighting.Nearest.SelectMany(Describe)]);
    }

    private Problem? CheckEach(Step.Expects claim, IReadOnlyList<JournalLine> found, Step written)
    {
        if (claim.Each is null) return null;
        var values = new Dictionary<string, JsonElement>(_values, StringComparer.Ordinal);
        for (var i = 0; i < found.Count; i++)
        {
            values["i"] = ElementOf(i + 1);
            var faults = new Faults { AllowsTemplates = true };
            if (ScenarioReader.ReadEach(claim.Each, written.Wording.Path + ".each", values, faults) is not { } match) return new Problem(faults.All[0].Message, []);
            var differences = match.Differences(found[i]).ToList();
            if (differences.Count > 0) return new Problem($"number {i + 1} of {found.Count}: {string.Join("; ", differences)}", []);
        }
        return null;
    }

    /// <summary>What no story may hide: a fault in the emulator, and a phone that waited in vain for words, unless it was looked for.</summary>
    private async Task<StoryFailure?> LookForTroubleAsync(DateTimeOffset start, long first, CancellationToken cancellation)
    {
        foreach (var kind in CallWords.Troubles)
        {
            var sighting = await hands.WatchAsync(new JournalMatch { Kind = kind }, new EntryCount(MaxTroubles, false), first, TimeSpan.Zero, cancellation);
            if (sighting.Found.FirstOrDefault(l => !_seen.Contains(l.Seq)) is not { } trouble) continue;
            var journal = await JournalAsync(start, cancellation);
            return new StoryFailure(default, "", $"the story went well, but the journal holds {kind}", [trouble.Describe(start, MaxLine)], journal);
        }
        return null;
    }

    private async Task<StoryFailure> TellAsync(Step step, Problem problem, DateTimeOffset start, CancellationToken cancellation) =>
        new(step.Wording.Position, step.Wording.Summary, problem.Message, problem.Details, await JournalAsync(start, cancellation));

    private async Task<IReadOnlyList<string>> JournalAsync(DateTimeOffset start, CancellationToken cancellation) =>
        [.. (await hands.TailAsync(JournalAround, cancellation)).Select(l => l.Describe(start, MaxLine))];

    private void Keep(Step written, JsonElement result)
    {
        if (written.Save is { } name && result.ValueKind != JsonValueKind.Undefined) _values[name] = result;
    }

    private static IEnumerable<string> Describe(NearMiss miss) =>
        [$"near: #{miss.Line.Seq} {miss.Line.Kind} {miss.Line.Subject}", .. miss.Because.Select(b => $"      {b}")];

    private static JsonElement ElementOf(int number) => JournalLine.Parse(System.Text.Encoding.ASCII.GetBytes(number.ToString(System.Globalization.CultureInfo.InvariantCulture)));

    private static JsonElement ElementOf(params (string Name, string? Value)[] members)
    {
        var buffer = new ArrayBufferWriter<byte>(64);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            foreach (var (name, value) in members) json.WriteString(name, value);
            json.WriteEndObject();
        }
        return JournalLine.Parse(buffer.WrittenSpan);
    }
}

/// <summary>Why a step failed.</summary>
internal sealed record Problem(string Message, IReadOnlyList<string> Details);
