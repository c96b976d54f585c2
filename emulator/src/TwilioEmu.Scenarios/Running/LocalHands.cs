using TwilioEmu.Carrier.Handsets;
using TwilioEmu.Carrier.SmppLinks;
using TwilioEmu.Carrier.Switching;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Journal;
using TwilioEmu.Kernel.Looping;
using TwilioEmu.Scenarios.Matching;
using TwilioEmu.Scenarios.Reading;
using TwilioEmu.Scenarios.Steps;

namespace TwilioEmu.Scenarios.Running;

/// <summary>Hands in a world of this process. REST goes over HTTP all the same, as a program's requests do.</summary>
/// <remarks>Loop-confined, but for <see cref="PlayAsync"/>: the world cannot go on by itself between two steps.</remarks>
internal sealed class LocalHands(IHostedWorld hosted, IHttpDoor http) : IStoryHands
{
    private readonly Dictionary<string, PlayedGateway> _gateways = new(StringComparer.Ordinal);

    // Steps that stand side by side act one after another, in the order they came to it.
    private Task _lastAct = Task.CompletedTask;

    private World World => hosted.World;

    public IReadOnlyList<StoryAccount> Accounts => hosted.Accounts;

    public bool IsShared => false;

    public bool IsPacedByWall => !World.Clock.Mode.IsVirtual;

    public Task<T> PlayAsync<T>(Func<Task<T>> story, CancellationToken cancellation) =>
        World.Loop.RunAsync(story, cancellation).WaitAsync(cancellation);

    public async Task<(DateTimeOffset Now, long LastSeq)> LookAsync(CancellationToken cancellation)
    {
        using (await NextAsync()) return (World.Clock.GetUtcNow(), World.Journal.LastSeq);
    }

    public async Task<string?> TextAsync(Step.Texts text, CancellationToken cancellation)
    {
        string? sid;
        long before;
        using (await NextAsync())
        {
            RefuseNumber(text.From);
            before = World.Journal.LastSeq;
            RichAct? act = null;
            if (text.Deed is not null && (act = hosted.Handsets.ActOf(text.From, text.To, text.Deed, out var fault)) is null)
            {
                throw new StoryException(fault!);
            }
            sid = hosted.Handsets.Text(text.From, text.To, text.Body, text.MediaUrls, act);
        }
        // Where time stands, whatever comes next waits for the answer.
        if (sid is not null && IsPacedByWall) await Answered.AboutAsync(World, sid, before, cancellation);
        return sid;
    }

    public async Task<string> DialAsync(Step.Dials dials, CancellationToken cancellation)
    {
        using (await NextAsync())
        {
            RefuseNumber(dials.From);
            return hosted.Handsets.Dial(dials.From, dials.To, dials.Script, dials.Parameters, dials.Marks)
                ?? throw new StoryException($"not emulated: {hosted.Handsets.FromPhoneToPhone(dials.To)}");
        }
    }

    public async Task<string> CallOfAsync(string number, CancellationToken cancellation)
    {
        using (await NextAsync())
        {
            return PhoneActs.CallOf(hosted.Handsets, number) ?? throw new StoryException($"handset {number} is in no call");
        }
    }

    public async Task ActAsync(string callSid, string number, ScriptStep act, CancellationToken cancellation)
    {
        using (await NextAsync())
        {
            if (PhoneActs.Act(hosted.Handsets, callSid, number, act) is { } forbidden) throw new StoryException(forbidden);
        }
    }

    public async Task BehaveAsync(string number, HandsetBehaviour behaviour, CancellationToken cancellation)
    {
        using (await NextAsync())
        {
            RefuseNumber(number);
            hosted.Handsets.Configure(number, behaviour);
        }
    }

    public async Task<GatewayAnswer?> DoAsync(string gateway, GatewayAct act, CancellationToken cancellation)
    {
        Task<GatewayAnswer?> doing;
        using (await NextAsync())
        {
            var played = GatewayOf(gateway);
            if (played.Forbids(act) is { } why) throw new StoryException($"gateway {gateway}: {why}");
            doing = played.DoAsync(act, cancellation);
        }
        return await doing;
    }

    public async Task AdvanceAsync(TimeSpan by, CancellationToken cancellation)
    {
        Task reached;
        using (await NextAsync())
        {
            reached = IsPacedByWall ? Task.Delay(by, World.Clock, cancellation) : World.Clock.AdvanceAsync(by);
        }
        await reached;
    }

    public async Task<Sighting> WatchAsync(
        JournalMatch match, EntryCount count, long after, TimeSpan within, CancellationToken cancellation)
    {
        Task<IReadOnlyList<Entry>> wait;
        using (await NextAsync())
        {
            wait = World.Journal.ExpectAsync(match.Selection, match.IsMetBy, count.StopAt, after, within, cancellation);
        }
        var found = await wait;
        var nearest = count.IsMetBy(found.Count) ? [] : NearMiss.Among(World.Journal.NewestFirst(), match, after);
        return new Sighting([.. found.Select(JournalLine.Of)], nearest);
    }

    public async Task<IReadOnlyList<string>> InScriptAsync(IReadOnlyCollection<string> numbers, CancellationToken cancellation)
    {
        using (await NextAsync())
        {
            return [.. hosted.Handsets.Legs.Where(l => l.IsInScript).Select(l => l.Number).Distinct()];
        }
    }

    public async Task<HttpReply> AskAsync(
        StoryAccount asker, string method, string pathAndQuery, IReadOnlyList<KeyValuePair<string, string>> form,
        CancellationToken cancellation)
    {
        using (await NextAsync())
        {
            HttpReply reply;
            using (World.Clock.Hold($"story: {method} {pathAndQuery}"))
            {
                var ask = FormBody.ToAsk(hosted.BaseUrl, asker, method, pathAndQuery, form);
                reply = await Task.Factory.StartNew(
                    () => http.SendAsync(ask, cancellation),
                    cancellation,
                    TaskCreationOptions.DenyChildAttach,
                    TaskScheduler.Default).Unwrap();
            }
            // The answer took its way over sockets: what else the request has led to is done by now, or is not, as the machine likes.
            await World.Loop.SettledAsync();
            return reply;
        }
    }

    public async Task<IReadOnlyList<JournalLine>> TailAsync(int count, CancellationToken cancellation)
    {
        using (await NextAsync()) return [.. World.Journal.NewestFirst().Take(count).Reverse().Select(JournalLine.Of)];
    }

    public async Task<IReadOnlyList<JournalLine>> SinceAsync(long after, CancellationToken cancellation)
    {
        using (await NextAsync()) return [.. World.Journal.After(after).Select(JournalLine.Of)];
    }

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

    /// <summary>The story may act or look: its former act is done, and so is all that the present instant holds.</summary>
    /// <returns>Disposed when the act is done.</returns>
    private async Task<IDisposable> NextAsync()
    {
        World.Loop.Assert();
        var former = _lastAct;
        var act = new Act(World.Loop);
        _lastAct = act.Done;
        await former;
        await World.Loop.SettledAsync();
        return act;
    }

    private void RefuseNumber(string number)
    {
        if (hosted.Handsets.Exchange.IsNumber(number)) throw new StoryException($"{number} belongs to an account; it is no handset");
    }

    /// <summary>An act under way.</summary>
    private sealed class Act(WorldLoop loop) : IDisposable
    {
        private readonly Signal<bool> _done = new(loop);

        public Task Done => _done.Task;

        public void Dispose() => _done.TrySet(true);
    }
}
