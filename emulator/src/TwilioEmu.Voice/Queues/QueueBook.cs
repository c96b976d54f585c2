using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Looping;
using TwilioEmu.Kernel.Store;

namespace TwilioEmu.Voice.Queues;

/// <summary>The queues of a world, and the calls that wait in them in order.</summary>
/// <remarks>
/// Loop-confined. The records are in the store; who waits is a list of live calls, which end with the process, so it is kept in memory. A queue that
/// nobody waits in, or waits for, costs nothing here.
/// </remarks>
internal sealed class QueueBook(World world)
{
    private readonly Dictionary<string, Lineup> _lineups = new(StringComparer.Ordinal);

    public Table<Queue> Records(AccountSid account) => world.Store.Table(Queue.Table, account);

    /// <summary>The queue of that name, made where there is none.</summary>
    public Queue Of(AccountSid account, string name, long cause) => Records(account).FindByAlias(name) ?? Create(account, name, Queue.UsualMaxSize, cause);

    public Queue Create(AccountSid account, string name, int maxSize, long cause)
    {
        var now = world.Clock.GetUtcNow();
        var queue = new Queue(world.Sids.New("QU"), account, name, maxSize, now, now);
        world.Store.Put(Queue.Table, account, queue, QueueEntries.Created, cause);
        return queue;
    }

    /// <summary>Those who wait, the front first.</summary>
    public IReadOnlyList<QueueMember> MembersOf(string queueSid) => _lineups.TryGetValue(queueSid, out var lineup) ? lineup.Members : [];

    /// <summary>The place of a member, the front being 1; 0 once it is out.</summary>
    public int PositionOf(QueueMember member) => _lineups.TryGetValue(member.Queue.Sid, out var lineup) ? lineup.Members.IndexOf(member) + 1 : 0;

    /// <summary>How long those who wait now have waited, in the mean, in whole seconds.</summary>
    public int AverageWaitOf(string queueSid)
    {
        var members = MembersOf(queueSid);
        var now = world.Clock.GetUtcNow();
        return members.Count == 0 ? 0 : (int)members.Average(m => (now - m.Since).TotalSeconds);
    }

    /// <summary>To the end of its queue; who waits for a member takes it at once.</summary>
    public void Join(QueueMember member, long cause)
    {
        var lineup = LineupOf(member.Queue.Sid);
        lineup.Members.Add(member);
        world.Journal.Write(
            member.Queue.Account, QueueEntries.Joined, member.CallSid, cause,
            ("queue", member.Queue.FriendlyName), ("queue_sid", member.Queue.Sid), ("position", lineup.Members.Count));
        if (lineup.Takers.First is not { } first) return;
        lineup.Takers.RemoveFirst();
        first.Value.TrySet(member);
    }

    /// <summary>Out of its queue, wherever in it.</summary>
    public void Remove(QueueMember member)
    {
        if (!_lineups.TryGetValue(member.Queue.Sid, out var lineup) || !lineup.Members.Remove(member)) return;
        member.Waited = world.Clock.GetUtcNow() - member.Since;
        Tidy(member.Queue.Sid, lineup);
    }

    /// <summary>The call at the front, at once or when one comes; null when none came in time. It is out of the queue then, and taken.</summary>
    public async Task<QueueMember?> TakeAsync(Queue queue, QueueTaker taker, TimeSpan within, long cause, CancellationToken cancellation)
    {
        var lineup = LineupOf(queue.Sid);
        var arrived = new Signal<QueueMember>(world.Loop);
        var place = lineup.Takers.AddLast(arrived);
        if (lineup.Members.Count > 0 && lineup.Takers.Count == 1)
        {
            lineup.Takers.Remove(place);
            return Take(lineup.Members[0], taker, cause);
        }
        try
        {
            await arrived.WaitAsync(within, world.Clock, cancellation);
        }
        finally
        {
            if (place.List is not null) lineup.Takers.Remove(place);
            Tidy(queue.Sid, lineup);
        }
        return arrived.IsSet && MembersOf(queue.Sid).Contains(await arrived.Task) ? Take(await arrived.Task, taker, cause) : null;
    }

    private QueueMember Take(QueueMember member, QueueTaker taker, long cause)
    {
        Remove(member);
        world.Journal.Write(
            member.Queue.Account, QueueEntries.Taken, member.CallSid, cause,
            ("queue", member.Queue.FriendlyName), ("queue_sid", member.Queue.Sid), ("by", taker.CallSid), ("waited", member.Waited));
        member.Taken.TrySet(taker);
        return member;
    }

    private Lineup LineupOf(string queueSid)
    {
        if (!_lineups.TryGetValue(queueSid, out var lineup)) _lineups.Add(queueSid, lineup = new Lineup());
        return lineup;
    }

    private void Tidy(string queueSid, Lineup lineup)
    {
        if (lineup.Members.Count == 0 && lineup.Takers.Count == 0) _lineups.Remove(queueSid);
    }

    /// <summary>Who waits in a queue, and who waits for somebody to come.</summary>
    private sealed class Lineup
    {
        public List<QueueMember> Members { get; } = [];

        public LinkedList<Signal<QueueMember>> Takers { get; } = [];
    }
}
