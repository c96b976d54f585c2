using System.Collections.Immutable;
using TwilioEmu.Media.Score;

namespace TwilioEmu.Media.Rtp.Sockets;

/// <summary>The one thread of all live legs: it sleeps until a frame of somebody begins, and calls who has it (a paced sender).</summary>
/// <remarks>
/// It starts with the first who joins and rests while nobody is. The 20 ms of a frame are parted into slots, and each who joins
/// has one, that of the fewest: its frames begin that much after those of the grid, always. So hundreds never send in one burst, of which
/// the last would be late by all the others, and an offset that stays the same is no jitter. What takes time for a frame is done some
/// slots before. A frame that comes late by one is dropped, never queued: whoever is called sees the number jump.
/// Whoever has ears listens once a slot: so one thread does all, and none that receives takes the processor from it.
/// </remarks>
/// <param name="clock">The world's; it goes at the wall's pace while anybody is joined.</param>
/// <param name="failed">Told when a member throws; the member is then left out. On the frame thread.</param>
public sealed class FrameClock(TimeProvider clock, Action<string, Exception> failed) : IFrameClock, IDisposable
{
    /// <summary>Slots of 2 ms: a thread is woken little later than it asked for, and this is as much again.</summary>
    public const int SlotCount = 10;

    /// <summary>So many slots before its own a member gets ready: 8 ms, in which everybody else of the frame may take a while.</summary>
    private const int SlotsAhead = 4;

    private static readonly TimeSpan SlotLength = Grid.FrameLength / SlotCount;

    private readonly Lock _gate = new();
    private readonly AutoResetEvent _wake = new(false);
    private ImmutableArray<ImmutableArray<Member>> _slots = [.. Enumerable.Repeat(ImmutableArray<Member>.Empty, SlotCount)];
    private Thread? _thread;
    private volatile bool _isEnded;
    private volatile int _earCount;
    private long _lateSlots;

    /// <summary>Frames that were dropped because those before took too long.</summary>
    public long LateFrameCount => Interlocked.Read(ref _lateSlots) / SlotCount;

    /// <summary>What is live now.</summary>
    public IReadOnlyList<string> Joined => [.. Slots.SelectMany(s => s).Select(m => m.Why)];

    private ImmutableArray<ImmutableArray<Member>> Slots
    {
        get { lock (_gate) return _slots; }
    }

    public IDisposable Join(string why, Action<long> everyFrame, Action<long>? ahead = null, Action<long>? listen = null)
    {
        Member member;
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isEnded, this);
            var slot = 0;
            for (var other = 1; other < SlotCount; other++) if (_slots[other].Length < _slots[slot].Length) slot = other;
            member = new Member(this, slot, why, everyFrame, ahead, listen);
            _slots = _slots.SetItem(slot, _slots[slot].Add(member));
            if (listen is not null) _earCount++;
            if (_thread is null)
            {
                _thread = new Thread(Run) { IsBackground = true, Name = "frames", Priority = ThreadPriority.AboveNormal };
                _thread.Start();
            }
        }
        _wake.Set();
        return member;
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (_isEnded) return;
            _isEnded = true;
        }
        _wake.Set();
        if (_thread is { } thread && thread != Thread.CurrentThread) thread.Join();
        _wake.Dispose();
    }

    /// <summary>Slots are numbered through: the frame's number times their count, and the slot within.</summary>
    private void Run()
    {
        var (sent, ready, heard) = (long.MinValue, long.MinValue, long.MinValue);
        while (!_isEnded)
        {
            var slots = Slots;
            if (slots.All(static s => s.IsEmpty))
            {
                _wake.WaitOne();
                sent = long.MinValue;
                continue;
            }
            var now = clock.GetUtcNow();
            var current = SlotAt(now);
            if (sent == long.MinValue) sent = ready = current;
            if (current - SlotCount is var oldest && oldest > sent)
            {
                Interlocked.Add(ref _lateSlots, oldest - sent);
                sent = oldest;
            }
            // Nobody waits for what is done ahead of time for others.
            if (sent < current) Send(slots, ++sent);
            else if (Next(slots, ready = Math.Max(ready, sent), sent + SlotsAhead) is { } next) GetReady(slots, ready = next);
            else if (heard < current && _earCount > 0) Listen(slots, heard = current);
            else Sleep(slots, sent, now);
        }
    }

    /// <summary>Everybody listens once a slot, until the next one begins: who sends then goes before.</summary>
    private void Listen(ImmutableArray<ImmutableArray<Member>> slots, long slot)
    {
        foreach (var members in slots)
        {
            foreach (var member in members) Call(member, member.Listen, FrameOf(slot));
            if (!members.IsEmpty && SlotAt(clock.GetUtcNow()) != slot) return;
        }
    }

    private void Send(ImmutableArray<ImmutableArray<Member>> slots, long slot)
    {
        foreach (var member in MembersAt(slots, slot))
        {
            var frame = FrameOf(slot);
            // One that comes late was not made ready for: now, or a busy machine would never be.
            if (member.ReadyFor < frame) GetReady(member, frame);
            Call(member, member.EveryFrame, frame);
        }
    }

    private void GetReady(ImmutableArray<ImmutableArray<Member>> slots, long slot)
    {
        foreach (var member in MembersAt(slots, slot)) GetReady(member, FrameOf(slot));
    }

    private void GetReady(Member member, long frame)
    {
        member.ReadyFor = frame;
        Call(member, member.Ahead, frame);
    }

    /// <summary>Until the next slot in which there is something to do; a member who joins meanwhile wakes this.</summary>
    private void Sleep(ImmutableArray<ImmutableArray<Member>> slots, long sent, DateTimeOffset now)
    {
        var next = sent + 1;
        while (_earCount == 0 && MembersAt(slots, next).IsEmpty && MembersAt(slots, next + SlotsAhead).IsEmpty) next++;
        var left = StartOf(next) - now;
        // Who joins within a slot waits for the next one anyway.
        if (left <= SlotLength && Nap.TryFor(left)) return;
        var whole = left > SlotLength ? Math.Floor(left.TotalMilliseconds) : Math.Ceiling(left.TotalMilliseconds);
        if (whole > 0) _wake.WaitOne(TimeSpan.FromMilliseconds(whole));
    }

    /// <summary>The first slot after one, until another, that somebody has; null for none.</summary>
    private static long? Next(ImmutableArray<ImmutableArray<Member>> slots, long after, long until)
    {
        for (var slot = after + 1; slot <= until; slot++) if (!MembersAt(slots, slot).IsEmpty) return slot;
        return null;
    }

    private static ImmutableArray<Member> MembersAt(ImmutableArray<ImmutableArray<Member>> slots, long slot) =>
        slots[(int)(slot - (FrameOf(slot) * SlotCount))];

    private static long FrameOf(long slot) => slot >= 0 ? slot / SlotCount : ((slot + 1) / SlotCount) - 1;

    private static long SlotAt(DateTimeOffset now)
    {
        var frame = Grid.FrameAt(now);
        return (frame * SlotCount) + ((now - Grid.StartOf(frame)).Ticks / SlotLength.Ticks);
    }

    private static DateTimeOffset StartOf(long slot)
    {
        var frame = FrameOf(slot);
        return Grid.StartOf(frame) + ((slot - (frame * SlotCount)) * SlotLength);
    }

    private void Call(Member member, Action<long>? act, long frame)
    {
        try
        {
            act?.Invoke(frame);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // One leg's fault is not the others': it is left out, and its owner is told.
            member.Dispose();
            failed(member.Why, e);
        }
    }

    private void Leave(Member member, int slot)
    {
        lock (_gate)
        {
            if (!_slots[slot].Contains(member)) return;
            _slots = _slots.SetItem(slot, _slots[slot].Remove(member));
            if (member.Listen is not null) _earCount--;
        }
    }

    private sealed class Member(
        FrameClock owner, int slot, string why, Action<long> everyFrame, Action<long>? ahead, Action<long>? listen) : IDisposable
    {
        public string Why => why;

        public Action<long>? Ahead => ahead;

        public Action<long>? Listen => listen;

        public Action<long> EveryFrame => everyFrame;

        /// <summary>The frame thread's: the last frame it was made ready for.</summary>
        public long ReadyFor { get; set; } = long.MinValue;

        public void Dispose() => owner.Leave(this, slot);
    }
}
