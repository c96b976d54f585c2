using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Looping;
using TwilioEmu.Kernel.Store;

namespace TwilioEmu.Voice.Queues;

/// <summary>The queues of a world, and the calls that wait in them in order.</summary>
/// <remarks>
/// Loop-confined. The records are in the store; who waits is a list of live calls, which end with the process, so it is kept in memory. A
/// queue that nobody waits in, or waits for, costs nothing here.
/// </remarks>
internal sealed class QueueBook(World world)
{
    private readonly Dictionary<string, Lineup> _lineups = new(StringComparer.Ordinal);

    public Table<Queue> Records(AccountSid account) => world.Store.Table(Queue.Table, account);

    /// <summary>The queue of that name, made where there is none.</summary>
    public Queue Of(AccountSid account, string name, long cause) =>
        Records(account).FindByAlias(name) ?? Create(account, name, Queue.UsualMaxSize, cause);

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
    public int PositionOf(QueueMember member) =>
        _lineups.TryGetValue(member.Queue.Sid, out var lineup) ? lineup.Members.IndexOf(member) + 1 : 0;

    /// <summary>How long those who wait now have waited, in the mean, in whole seconds.</summary>
    public int AverageWaitOf(string queueSid)
    {
        var members = MembersOf(queueSid);
        var now = world.Clock.GetUtcNow();
        return members.Count == 0 ? 0 : (int)members.Average(m => (now - m.Since).TotalSeconds);
    }

    /// <summary>To the end of its queue; it is promised to who has waited longest for one.</summary>
    public void Join(QueueMember member, long cause)
    {
        var lineup = LineupOf(member.Queue.Sid);
        lineup.Members.Add(member);
        world.Journal.Write(
            member.Queue.Account, QueueEntries.Joined, member.CallSid, cause,
            ("queue", member.Queue.FriendlyName), ("queue_sid", member.Queue.Sid), ("position", lineup.Members.Count));
        lineup.Match();
    }

    /// <summary>Out of its queue, wherever in it.</summary>
    public void Remove(QueueMember member)
    {
        if (!_lineups.TryGetValue(member.Queue.Sid, out var lineup) || !lineup.Members.Remove(member)) return;
        lineup.Promised.Remove(member);
        member.Waited = world.Clock.GetUtcNow() - member.Since;
        Tidy(member.Queue.Sid, lineup);
    }

    /// <summary>
    /// The call at the front, at once or when one comes; null when none came in time. It is out of the queue then, and taken.
    /// </summary>
    /// <remarks>A call that was promised may be gone before it is taken: who waited for it waits on, before all others.</remarks>
    public async Task<QueueMember?> TakeAsync(Queue queue, QueueTaker taker, TimeSpan within, long cause, CancellationToken cancellation)
    {
        var until = world.Clock.GetUtcNow() + within;
        for (var isFirst = false; ; isFirst = true)
        {
            var lineup = LineupOf(queue.Sid);
            if (lineup.Free is { } free) return Take(free, taker, cause);
            var waiter = new Waiter(new Signal<bool>(world.Loop));
            var place = isFirst ? lineup.Waiters.AddFirst(waiter) : lineup.Waiters.AddLast(waiter);
            try
            {
                if (!await waiter.Told.WaitAsync(until - world.Clock.GetUtcNow(), world.Clock, cancellation)) return null;
                if (waiter.Promised is { } member && lineup.Members.Contains(member)) return Take(member, taker, cause);
            }
            finally
            {
                if (place.List is not null) lineup.Waiters.Remove(place);
                // Who waits no more gives back what it was promised.
                if (waiter.Promised is { } promised && lineup.Promised.Remove(promised)) lineup.Match();
                Tidy(queue.Sid, lineup);
            }
        }
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
        if (lineup.Members.Count > 0 || lineup.Waiters.Count > 0) return;
        if (_lineups.GetValueOrDefault(queueSid) == lineup) _lineups.Remove(queueSid);
    }

    /// <summary>Somebody who waits for a call to come.</summary>
    private sealed class Waiter(Signal<bool> told)
    {
        /// <summary>Told when one is promised.</summary>
        public Signal<bool> Told => told;

        public QueueMember? Promised { get; set; }
    }

    /// <summary>Who waits in a queue, and who waits for somebody to come; never both, but for those promised to each other.</summary>
    private sealed class Lineup
    {
        public List<QueueMember> Members { get; } = [];

        public HashSet<QueueMember> Promised { get; } = [];

        public LinkedList<Waiter> Waiters { get; } = [];

        /// <summary>The first that nobody was promised; null for none.</summary>
        public QueueMember? Free => Members.Find(m => !Promised.Contains(m));

        public void Match()
        {
            while (Waiters.First is { Value: var waiter } && Free is { } free)
            {
                Waiters.RemoveFirst();
                Promised.Add(free);
                waiter.Promised = free;
                waiter.Told.TrySet(true);
            }
        }
    }
}
