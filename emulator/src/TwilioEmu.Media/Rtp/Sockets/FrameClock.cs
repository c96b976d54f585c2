using System.Collections.Immutable;
using TwilioEmu.Media.Score;

namespace TwilioEmu.Media.Rtp.Sockets;

/// <summary>The one thread of all live legs: it sleeps until a frame begins, then calls them one after the other.</summary>
/// <remarks>
/// It starts with the first who joins and rests while nobody is. A frame that comes late is dropped and counted, never queued: whoever is
/// called sees the number jump. What all have to do for a frame is done before it begins, so that at its beginning they only send, and
/// the last of hundreds is no later than the first.
/// </remarks>
/// <param name="clock">The world's; it goes at the wall's pace while anybody is joined.</param>
/// <param name="failed">Told when a member throws; the member is then left out. On the frame thread.</param>
public sealed class FrameClock(TimeProvider clock, Action<string, Exception> failed) : IFrameClock, IDisposable
{
    /// <summary>How long before a frame begins its members get ready for it: hundreds of them take some milliseconds.</summary>
    public static readonly TimeSpan Ahead = TimeSpan.FromMilliseconds(8);

    private readonly Lock _gate = new();
    private readonly AutoResetEvent _wake = new(false);
    private ImmutableArray<Member> _members = [];
    private Thread? _thread;
    private volatile bool _isEnded;
    private long _lateCount;

    /// <summary>Frames that were dropped because the one before took too long.</summary>
    public long LateFrameCount => Interlocked.Read(ref _lateCount);

    /// <summary>What is live now.</summary>
    public IReadOnlyList<string> Joined => [.. _members.Select(m => m.Why)];

    public IDisposable Join(string why, Action<long> everyFrame, Action<long>? ahead = null)
    {
        var member = new Member(this, why, everyFrame, ahead);
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isEnded, this);
            _members = _members.Add(member);
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

    private void Run()
    {
        var (done, ready) = (long.MinValue, long.MinValue);
        while (!_isEnded)
        {
            var members = _members;
            if (members.IsEmpty)
            {
                _wake.WaitOne();
                done = long.MinValue;
                continue;
            }
            var now = clock.GetUtcNow();
            var frame = Grid.FrameAt(now);
            if (frame <= done)
            {
                var left = Grid.StartOf(done + 1) - now;
                if (ready <= done) left -= Ahead;
                if (left <= TimeSpan.Zero)
                {
                    GetReady(done + 1);
                    continue;
                }
                // A member who joins meanwhile wakes this, and nothing is lost by looking again.
                _wake.WaitOne(TimeSpan.FromMilliseconds(Math.Max(1, Math.Ceiling(left.TotalMilliseconds))));
                continue;
            }
            if (done != long.MinValue) Interlocked.Add(ref _lateCount, frame - done - 1);
            // One that comes late was not made ready for: now, or a busy machine would never be.
            if (ready < frame) GetReady(frame);
            done = frame;
            foreach (var member in members) Call(member, member.EveryFrame, frame);

            void GetReady(long next)
            {
                ready = next;
                foreach (var member in members) Call(member, member.Ahead, next);
            }
        }
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

    private sealed class Member(FrameClock owner, string why, Action<long> everyFrame, Action<long>? ahead) : IDisposable
    {
        public string Why => why;

        public Action<long>? Ahead => ahead;

        public Action<long> EveryFrame => everyFrame;

        public void Dispose()
        {
            lock (owner._gate) owner._members = owner._members.Remove(this);
        }
    }
}
