using System.Collections.Concurrent;
using System.Text.Json;
using TwilioEmu.Scenarios.Matching;
using TwilioEmu.Scenarios.Reading;
using TwilioEmu.Scenarios.Steps;

namespace TwilioEmu.Scenarios.Running;

/// <summary>Does single steps, with their values put in.</summary>
/// <remarks>Safe on any thread: steps may stand side by side, in an emulator elsewhere on several.</remarks>
/// <param name="hands">What can be done and seen.</param>
/// <param name="values">Takes what steps save.</param>
/// <param name="start">Seq of the newest entry when the story began.</param>
internal sealed class StepRun(IStoryHands hands, StoryValues values, long start)
{
    private const int MaxKnown = 25;

    /// <summary>How often an answer is asked for again that is not yet as wanted.</summary>
    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(1);

    private readonly long _start = start;
    private readonly ConcurrentDictionary<string, string> _calls = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _phones = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<JournalMatch> _met = new();

    /// <summary>Claims are about entries behind this one.</summary>
    public long Since { get; set; } = start;

    /// <summary>What met claims looked for.</summary>
    public IReadOnlyList<JournalMatch> Met => [.. _met];

    /// <summary>Phones that dialled or were told how to behave.</summary>
    public IReadOnlyCollection<string> Phones => [.. _phones.Keys];

    /// <summary>Does a step; what is wrong, or null.</summary>
    public async Task<Problem?> DoAsync(Step written, IReadOnlyDictionary<string, JsonElement> known, CancellationToken cancellation)
    {
        var faults = new Faults { AllowsTemplates = true };
        if (ScenarioReader.Refill(written, known, faults) is not { } step)
        {
            return new Problem(string.Join("; ", faults.All.Select(f => f.Message)), []);
        }
        JsonElement result = default;
        switch (step)
        {
            case Step.Texts texts:
                result = StoryValues.ElementOf(("message_sid", await hands.TextAsync(texts, cancellation)));
                break;
            case Step.Dials dials:
                _phones[dials.From] = true;
                _calls[dials.From] = await hands.DialAsync(dials, cancellation);
                result = StoryValues.ElementOf(("call_sid", _calls[dials.From]));
                break;
            case Step.Acts(var number, var act):
                _calls[number] = await hands.CallOfAsync(number, cancellation);
                await hands.ActAsync(_calls[number], number, act, cancellation);
                break;
            case Step.Behaves(var number, var behaviour):
                _phones[number] = true;
                await hands.BehaveAsync(number, behaviour, cancellation);
                break;
            case Step.Gateway gateway:
                return await PlayAsync(gateway, written, cancellation);
            case Step.Advances(var by):
                await hands.AdvanceAsync(by, cancellation);
                break;
            case Step.Hears hears:
                return await HearAsync(hears, written, cancellation);
            case Step.CallEnds ends:
                return await EndAsync(ends, written, cancellation);
            case Step.Expects claim:
                return await ClaimAsync(claim, written, known, cancellation);
            case Step.Asks asks:
                return await AskAsync(asks, written, cancellation);
            default: throw new InvalidOperationException($"unknown step {step.GetType().Name}");
        }
        Keep(written, result);
        return null;
    }

    /// <summary>A gateway asks, and is answered as it must be.</summary>
    private async Task<Problem?> PlayAsync(Step.Gateway step, Step written, CancellationToken cancellation)
    {
        if (await hands.DoAsync(step.Name, step.Act, cancellation) is not { } answer) return null;
        Keep(written, StoryValues.ElementOf(("status", answer.Status), ("message_id", answer.MessageId)));
        if (answer.Status == step.Status) return null;
        var was = answer.Status.Length == 0 ? "not answered" : $"answered {answer.Status}";
        return new Problem($"{answer.Command} of gateway {step.Name} was {was}, wanted {step.Status}", []);
    }

    /// <summary>Asks, and asks again while the answer is not as wanted and there is time.</summary>
    private async Task<Problem?> AskAsync(Step.Asks asks, Step written, CancellationToken cancellation)
    {
        var claim = new RestClaim(hands);
        var (answer, problem) = await claim.AskAsync(asks, cancellation);
        for (var left = asks.Within; problem is not null && left > TimeSpan.Zero; left -= PollInterval)
        {
            await hands.AdvanceAsync(left < PollInterval ? left : PollInterval, cancellation);
            (answer, problem) = await claim.AskAsync(asks, cancellation);
        }
        if (problem is not null && asks.Within > TimeSpan.Zero)
        {
            problem = problem with { Message = $"{problem.Message}, {Durations.Write(asks.Within)} long" };
        }
        Keep(written, Kept.With(answer, asks.Body?.Captures(answer) ?? []));
        return problem;
    }

    /// <summary>Waits for the words to begin, and listens to the end of what is said: only then does the owner act.</summary>
    private async Task<Problem?> HearAsync(Step.Hears hears, Step written, CancellationToken cancellation)
    {
        _calls[hears.Number] = await hands.CallOfAsync(hears.Number, cancellation);
        var match = CallWords.Heard(_calls[hears.Number], hears.Number, hears.Words);
        var sighting = await hands.WatchAsync(match, EntryCount.One, Since, hears.Within, cancellation);
        if (sighting.Found.Count == 0) return Missing(EntryCount.One, hears.Within, sighting);
        var heard = sighting.Found[0];
        var rest = CallWords.EndOf(heard) - (await hands.LookAsync(cancellation)).Now;
        if (rest > TimeSpan.Zero) await hands.AdvanceAsync(rest, cancellation);
        Keep(written, Kept.With(heard.ToElement(), match.Data!.Captures(heard.Data)));
        return null;
    }

    private async Task<Problem?> EndAsync(Step.CallEnds ends, Step written, CancellationToken cancellation)
    {
        if (await CallToEndAsync(ends, cancellation) is not { } call)
        {
            return new Problem($"handset {ends.Number} is in no call, and came into none", []);
        }
        var sighting = await hands.WatchAsync(CallWords.Ended(call), EntryCount.One, _start, ends.Within, cancellation);
        if (sighting.Found.Count == 0)
        {
            return new Problem($"the call {call} of handset {ends.Number} was not over within {Durations.Write(ends.Within)}", []);
        }
        Keep(written, sighting.Found[0].ToElement());
        return null;
    }

    /// <summary>
    /// The call a phone was rung by since the last deeds; or the one it dialled, acted in or was rung by, unless that was over before;
    /// or the next that rings it.
    /// </summary>
    private async Task<string?> CallToEndAsync(Step.CallEnds ends, CancellationToken cancellation)
    {
        var rings = new JournalMatch { Kind = "handset.ringing", Subject = ends.Number };
        var rung = await hands.WatchAsync(rings, new EntryCount(EntryCount.Max, false), _start, TimeSpan.Zero, cancellation);
        if (rung.Found is [.., var newest] && (newest.Seq > Since || !_calls.ContainsKey(ends.Number)))
        {
            _calls[ends.Number] = CallOf(newest);
        }
        if (_calls.TryGetValue(ends.Number, out var known))
        {
            var over = await hands.WatchAsync(CallWords.Ended(known), EntryCount.One, _start, TimeSpan.Zero, cancellation);
            if (over.Found is not [var end, ..] || end.Seq > Since) return known;
        }
        var next = await hands.WatchAsync(rings, EntryCount.One, Since, ends.Within, cancellation);
        return next.Found is [var ringing, ..] ? CallOf(ringing) : null;
    }

    private static string CallOf(JournalLine ringing) => Trouble.Text(ringing, "call_sid") ?? "";

    private async Task<Problem?> ClaimAsync(
        Step.Expects claim, Step written, IReadOnlyDictionary<string, JsonElement> known, CancellationToken cancellation)
    {
        var sighting = await hands.WatchAsync(claim.Match, claim.Count, claim.IsOfAll ? _start : Since, claim.Within, cancellation);
        var isMet = claim.Count.IsMetBy(sighting.Found.Count);
        if ((!isMet || claim.Count.Number == 0) && await UnknownMemberAsync(claim.Match, cancellation) is { } unknown)
        {
            return new Problem(unknown, []);
        }
        if (!isMet) return Missing(claim.Count, claim.Within, sighting);
        if (claim.Count.Number > 0) _met.Enqueue(claim.Match);
        if (sighting.Found is [var first, ..]) Keep(written, Kept.With(first.ToElement(), claim.Match.Data?.Captures(first.Data) ?? []));
        return SpacingClaim.Check(claim.Spaced, sighting.Found, hands.IsPacedByWall) ?? CheckEach(claim, sighting.Found, written, known);
    }

    private static Problem Missing(EntryCount count, TimeSpan within, Sighting sighting)
    {
        var wanted = $"wanted {count} within {Durations.Write(within)}, found {sighting.Found.Count}";
        var more = sighting.Found.Count > count.Number ? " or more" : "";
        // One of another kind is told below: the first line is for what came and was not as wanted.
        var nearest = sighting.Found.Count < count.Number && sighting.Nearest is [{ Because: [var why, ..] } miss, ..]
            && !why.StartsWith("kind ", StringComparison.Ordinal)
            ? $"; nearest is #{miss.Line.Seq} {miss.Line.Kind}, whose {string.Join(" and ", miss.Because)}"
            : "";
        return new Problem($"{wanted}{more}{nearest}", [.. sighting.Nearest.SelectMany(Describe)]);
    }

    private static Problem? CheckEach(
        Step.Expects claim, IReadOnlyList<JournalLine> found, Step written, IReadOnlyDictionary<string, JsonElement> known)
    {
        if (claim.Each is null) return null;
        var values = new Dictionary<string, JsonElement>(known, StringComparer.Ordinal);
        for (var i = 0; i < found.Count; i++)
        {
            values["i"] = StoryValues.ElementOf(i + 1);
            var faults = new Faults { AllowsTemplates = true };
            if (ScenarioReader.ReadEach(claim.Each, written.Wording.Path + ".each", values, faults) is not { } match)
            {
                return new Problem(faults.All[0].Message, []);
            }
            var differences = match.Differences(found[i]).ToList();
            if (differences.Count > 0) return new Problem($"number {i + 1} of {found.Count}: {string.Join("; ", differences)}", []);
        }
        return null;
    }

    private async Task<string?> UnknownMemberAsync(JournalMatch match, CancellationToken cancellation)
    {
        if (match.Kind is null || match.Data is null) return null;
        var all = await hands.WatchAsync(
            new JournalMatch { Kind = match.Kind }, new EntryCount(MaxKnown, false), 0, TimeSpan.Zero, cancellation);
        return UnknownMembers.Check(match, all.Found);
    }

    private void Keep(Step written, JsonElement result)
    {
        if (written.Save is { } name && result.ValueKind != JsonValueKind.Undefined) values.Keep(name, result);
    }

    private static IEnumerable<string> Describe(NearMiss miss) =>
        [$"near: #{miss.Line.Seq} {miss.Line.Kind} {miss.Line.Subject}", .. miss.Because.Select(b => $"      {b}")];
}

/// <summary>Why a step failed.</summary>
internal sealed record Problem(string Message, IReadOnlyList<string> Details);
