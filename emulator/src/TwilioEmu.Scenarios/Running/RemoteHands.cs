using System.Text.Json;
using TwilioEmu.Carrier.Handsets;
using TwilioEmu.Carrier.Handsets.Deeds;
using TwilioEmu.Carrier.SmppLinks;
using TwilioEmu.Scenarios.Config;
using TwilioEmu.Scenarios.Matching;
using TwilioEmu.Scenarios.Reading;
using TwilioEmu.Scenarios.Steps;

namespace TwilioEmu.Scenarios.Running;

/// <summary>Hands in an emulator that runs elsewhere, through its control API.</summary>
/// <remarks>
/// The story gets accounts of its own; what it was given is taken back when it ends. An <c>auto</c> clock is made <c>manual</c> while the
/// story lasts, or hours would pass between two of its steps.
/// </remarks>
internal sealed class RemoteHands : IStoryHands
{
    private readonly ControlClient _control;
    private readonly RemoteGiven _given;

    private RemoteHands(ControlClient control, RemoteGiven given, bool isPacedByWall) =>
        (_control, _given, IsPacedByWall) = (control, given, isPacedByWall);

    public IReadOnlyList<StoryAccount> Accounts => _given.Accounts;

    public bool IsPacedByWall { get; }

    public bool IsShared => true;

    /// <summary>Sets up there what the story is given.</summary>
    public static async Task<RemoteHands> EnterAsync(
        ControlClient control, Scenario scenario, StoryAccount? usual, CancellationToken cancellation)
    {
        var clock = await control.AskAsync("GET", "/clock", null, 0, cancellation);
        var mode = clock.GetProperty("mode").GetString();
        var given = new RemoteGiven(control, usual);
        try
        {
            await given.SetUpAsync(scenario, mode, cancellation);
        }
        catch
        {
            await given.TakeBackAsync();
            throw;
        }
        return new RemoteHands(control, given, mode is not ("auto" or "manual"));
    }

    public Task<T> PlayAsync<T>(Func<Task<T>> story, CancellationToken cancellation) => story();

    public async Task<(DateTimeOffset Now, long LastSeq)> LookAsync(CancellationToken cancellation)
    {
        var clock = await _control.AskAsync("GET", "/clock", null, 0, cancellation);
        var journal = await _control.AskAsync("GET", "/journal?limit=1", null, 0, cancellation);
        return (clock.GetProperty("now").GetDateTimeOffset(), journal.GetProperty("last_seq").GetInt64());
    }

    public async Task<string?> TextAsync(Step.Texts text, CancellationToken cancellation)
    {
        var answer = await _control.AskAsync("POST", $"/handsets/{text.From}/messages", json =>
        {
            json.WriteString("to", text.To);
            json.WriteString("body", text.Body);
            json.WriteStartArray("media_urls");
            foreach (var url in text.MediaUrls) json.WriteStringValue(url);
            json.WriteEndArray();
            WriteDeed(json, text.Deed);
        }, 0, cancellation);
        return answer.GetProperty("message_sid").GetString();
    }

    private static void WriteDeed(Utf8JsonWriter json, TextDeed? deed)
    {
        switch (deed)
        {
            case TextDeed.Taps(var title):
                json.WriteString("taps", title);
                break;
            case TextDeed.Picks(var title):
                json.WriteString("picks", title);
                break;
            case TextDeed.Shares(var place):
                json.WriteStartObject("shares");
                place.WriteMembers(json);
                json.WriteEndObject();
                break;
        }
    }

    public async Task<string> DialAsync(Step.Dials dials, CancellationToken cancellation)
    {
        var answer = await _control.AskAsync("POST", $"/handsets/{dials.From}/calls", json =>
        {
            json.WriteString("to", dials.To);
            if (dials.Script is { } script) HandsetWriter.WriteScript(json, "script", script);
            if (dials.Marks?.ForwardedFrom is { } first) json.WriteString("forwarded_from", first);
            if (dials.Marks?.StirVerstat is { } verstat) json.WriteString("stir_verstat", verstat);
            if (dials.Parameters is not { } parameters) return;
            json.WriteStartObject("parameters");
            foreach (var (name, value) in parameters) json.WriteString(name, value);
            json.WriteEndObject();
        }, 0, cancellation);
        return answer.GetProperty("call_sid").GetString()!;
    }

    public async Task<string> CallOfAsync(string number, CancellationToken cancellation)
    {
        var handset = await _control.AskAsync("GET", $"/handsets/{number}", null, 0, cancellation);
        var calls = handset.GetProperty("calls");
        return calls.GetArrayLength() > 0
            ? calls[calls.GetArrayLength() - 1].GetProperty("call_sid").GetString()!
            : throw new StoryException($"handset {number} is in no call");
    }

    public Task ActAsync(string callSid, string number, ScriptStep act, CancellationToken cancellation) =>
        _control.AskAsync("POST", $"/calls/{callSid}/act", json =>
        {
            json.WriteString("handset", number);
            DeedRegistry.Of(act).WriteByHand(act, new DeedJson(json));
        }, 0, cancellation);

    public Task<GatewayAnswer?> DoAsync(string gateway, GatewayAct act, CancellationToken cancellation) => throw new StoryException(
        $"gateway {gateway} is played in worlds of a story's own alone: without --base-url, or bind a gateway of yours to that emulator");

    public Task BehaveAsync(string number, HandsetBehaviour behaviour, CancellationToken cancellation) =>
        _given.BehaveAsync(number, behaviour, cancellation);

    public async Task AdvanceAsync(TimeSpan by, CancellationToken cancellation)
    {
        if (IsPacedByWall) await Task.Delay(by, TimeProvider.System, cancellation);
        else await _control.AskAsync("POST", "/clock/advance", json => json.WriteString("by", Durations.Write(by)), 0, cancellation);
    }

    public async Task<Sighting> WatchAsync(
        JournalMatch match, EntryCount count, long after, TimeSpan within, CancellationToken cancellation)
    {
        const int Timeout = 408;
        var answer = await _control.AskAsync("POST", "/expect", json =>
        {
            MatchWriter.Write(json, "match", match);
            json.WriteNumber(count.IsExact ? "exactly" : "count", count.Number);
            json.WriteString("within", Durations.Write(within));
            json.WriteNumber("after", after);
        }, Timeout, cancellation);
        return new Sighting(
            LinesOf(answer, "entries"),
            answer.TryGetProperty("nearest", out var nearest) ? [.. nearest.EnumerateArray().Select(MissOf)] : []);
    }

    public async Task<IReadOnlyList<string>> InScriptAsync(IReadOnlyCollection<string> numbers, CancellationToken cancellation)
    {
        var busy = new List<string>();
        foreach (var number in numbers)
        {
            var handset = await _control.AskAsync("GET", $"/handsets/{number}", null, 0, cancellation);
            if (handset.GetProperty("calls").EnumerateArray()
                .Any(c => c.TryGetProperty("in_script", out var inScript) && inScript.ValueKind == JsonValueKind.True))
            {
                busy.Add(number);
            }
        }
        return busy;
    }

    public Task<HttpReply> AskAsync(
        StoryAccount asker, string method, string pathAndQuery, IReadOnlyList<KeyValuePair<string, string>> form,
        CancellationToken cancellation) =>
        _control.SendAsync(FormBody.ToAsk(_control.BaseUrl, asker, method, pathAndQuery, form), cancellation);

    public async Task<IReadOnlyList<JournalLine>> TailAsync(int count, CancellationToken cancellation)
    {
        var (_, last) = await LookAsync(cancellation);
        return LinesOf(
            await _control.AskAsync("GET", $"/journal?after={Math.Max(0, last - count)}&limit={count}", null, 0, cancellation), "entries");
    }

    public async Task<IReadOnlyList<JournalLine>> SinceAsync(long after, CancellationToken cancellation)
    {
        const int Page = 1000;
        var lines = new List<JournalLine>();
        while (true)
        {
            var page = LinesOf(await _control.AskAsync("GET", $"/journal?after={after}&limit={Page}", null, 0, cancellation), "entries");
            lines.AddRange(page);
            if (page.Count < Page) return lines;
            after = page[^1].Seq;
        }
    }

    public ValueTask DisposeAsync() => new(_given.TakeBackAsync());

    private static List<JournalLine> LinesOf(JsonElement answer, string name) =>
        answer.TryGetProperty(name, out var entries) ? [.. entries.EnumerateArray().Select(JournalLine.Of).OfType<JournalLine>()] : [];

    private static NearMiss MissOf(JsonElement miss) => new(
        JournalLine.Of(miss.GetProperty("entry"))!, [.. miss.GetProperty("because").EnumerateArray().Select(b => b.GetString()!)]);
}
