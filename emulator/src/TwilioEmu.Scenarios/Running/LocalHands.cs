using TwilioEmu.Carrier.Handsets;
using TwilioEmu.Carrier.SmppLinks;
using TwilioEmu.Carrier.Switching;
using TwilioEmu.Kernel;
using TwilioEmu.Scenarios.Matching;
using TwilioEmu.Scenarios.Reading;
using TwilioEmu.Scenarios.Steps;

namespace TwilioEmu.Scenarios.Running;

/// <summary>Hands in a world of this process. REST goes over HTTP all the same, as a program's requests do.</summary>
internal sealed class LocalHands(IHostedWorld hosted, IHttpDoor http) : IStoryHands
{
    private readonly Dictionary<string, PlayedGateway> _gateways = new(StringComparer.Ordinal);

    private World World => hosted.World;

    public IReadOnlyList<StoryAccount> Accounts => hosted.Accounts;

    public bool IsShared => false;

    public bool IsPacedByWall => !World.Clock.Mode.IsVirtual;

    public Task<(DateTimeOffset Now, long LastSeq)> LookAsync(CancellationToken cancellation) =>
        World.Loop.RunAsync(() => (World.Clock.GetUtcNow(), World.Journal.LastSeq), cancellation);

    public Task<string?> TextAsync(Step.Texts text, CancellationToken cancellation) =>
        World.Loop.RunAsync(
            async () =>
            {
                RefuseNumber(text.From);
                var before = World.Journal.LastSeq;
                RichAct? act = null;
                if (text.Deed is not null && (act = hosted.Handsets.ActOf(text.From, text.To, text.Deed, out var fault)) is null)
                {
                    throw new StoryException(fault!);
                }
                var sid = hosted.Handsets.Text(text.From, text.To, text.Body, text.MediaUrls, act);
                if (sid is not null) await Answered.AboutAsync(World, sid, before, cancellation);
                return sid;
            },
            cancellation);

    public async Task<string> DialAsync(Step.Dials dials, CancellationToken cancellation) =>
        await AsHandsetAsync(
            dials.From, () => hosted.Handsets.Dial(dials.From, dials.To, dials.Script, dials.Parameters, dials.Marks), cancellation)
        ?? throw new StoryException($"not emulated: {hosted.Handsets.FromPhoneToPhone(dials.To)}");

    public async Task<string> CallOfAsync(string number, CancellationToken cancellation) =>
        await World.Loop.RunAsync(() => PhoneActs.CallOf(hosted.Handsets, number), cancellation)
            ?? throw new StoryException($"handset {number} is in no call");

    public async Task ActAsync(string callSid, string number, ScriptStep act, CancellationToken cancellation)
    {
        if (await World.Loop.RunAsync(() => PhoneActs.Act(hosted.Handsets, callSid, number, act), cancellation) is { } forbidden)
        {
            throw new StoryException(forbidden);
        }
    }

    public Task BehaveAsync(string number, HandsetBehaviour behaviour, CancellationToken cancellation) =>
        AsHandsetAsync(number, () => { hosted.Handsets.Configure(number, behaviour); return true; }, cancellation);

    public async Task<GatewayAnswer?> PlayAsync(string gateway, GatewayAct act, CancellationToken cancellation)
    {
        var answer = await World.Loop.RunAsync(
            async () =>
            {
                var played = GatewayOf(gateway);
                if (played.Forbids(act) is { } why) throw new StoryException($"gateway {gateway}: {why}");
                return await played.DoAsync(act, cancellation);
            },
            cancellation);
        // What a text leads to at once is done before the next step.
        await World.Loop.RunAsync(World.Loop.IdleAsync, cancellation);
        return answer;
    }

    public async Task AdvanceAsync(TimeSpan by, CancellationToken cancellation)
    {
        if (IsPacedByWall) await Task.Delay(by, World.Clock, cancellation);
        else await World.Clock.AdvanceAsync(by).WaitAsync(cancellation);
    }

    public async Task<Sighting> WatchAsync(
        JournalMatch match, EntryCount count, long after, TimeSpan within, CancellationToken cancellation)
    {
        var (found, nearest) = await World.Loop.RunAsync(
            async () =>
            {
                var entries = await World.Journal.ExpectAsync(match.Selection, match.IsMetBy, count.StopAt, after, within, cancellation);
                return (entries, count.IsMetBy(entries.Count) ? [] : NearMiss.Among(World.Journal.NewestFirst(), match, after));
            },
            cancellation).WaitAsync(cancellation);
        return new Sighting([.. found.Select(JournalLine.Of)], nearest);
    }

    public Task<IReadOnlyList<string>> InScriptAsync(IReadOnlyCollection<string> numbers, CancellationToken cancellation) =>
        World.Loop.RunAsync<IReadOnlyList<string>>(
            () => [.. hosted.Handsets.Legs.Where(l => l.IsInScript).Select(l => l.Number).Distinct()], cancellation);

    public async Task<HttpReply> AskAsync(
        StoryAccount asker, string method, string pathAndQuery, IReadOnlyList<KeyValuePair<string, string>> form,
        CancellationToken cancellation)
    {
        using var hold = World.Clock.Hold($"story: {method} {pathAndQuery}");
        return await http.SendAsync(FormBody.ToAsk(hosted.BaseUrl, asker, method, pathAndQuery, form), cancellation);
    }

    public async Task<IReadOnlyList<JournalLine>> TailAsync(int count, CancellationToken cancellation)
    {
        var newest = await World.Loop.RunAsync(() => World.Journal.NewestFirst().Take(count).ToList(), cancellation);
        newest.Reverse();
        return [.. newest.Select(JournalLine.Of)];
    }

    public async Task<IReadOnlyList<JournalLine>> SinceAsync(long after, CancellationToken cancellation) =>
        [.. (await World.Loop.RunAsync(() => World.Journal.After(after).ToList(), cancellation)).Select(JournalLine.Of)];

    public async ValueTask DisposeAsync()
    {
        foreach (var gateway in _gateways.Values) gateway.Dispose();
        await hosted.DisposeAsync();
    }

    private PlayedGateway GatewayOf(string name)
    {
        if (_gateways.TryGetValue(name, out var known)) return known;
        var played = hosted.Smpp is { } smpp ? PlayedGateway.Of(smpp, name) : null;
        return _gateways[name] = played ?? throw new StoryException(Stranger(name));
    }

    private string Stranger(string name)
    {
        var known = hosted.Smpp?.Links.Where(l => l.Role == "smsc").Select(l => l.SystemId).ToList() ?? [];
        return known.Count == 0
            ? $"no gateway is called {name}: given.smpp.systems names those that may bind, and names none"
            : $"no gateway is called {name}{Spelling.HintOrAll(name, known)}";
    }

    private Task<T> AsHandsetAsync<T>(string number, Func<T> turn, CancellationToken cancellation) => World.Loop.RunAsync(
        () =>
        {
            RefuseNumber(number);
            return turn();
        },
        cancellation);

    private void RefuseNumber(string number)
    {
        if (hosted.Handsets.Exchange.IsNumber(number)) throw new StoryException($"{number} belongs to an account; it is no handset");
    }
}
