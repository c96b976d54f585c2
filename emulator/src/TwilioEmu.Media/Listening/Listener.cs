using TwilioEmu.Media.Score;

namespace TwilioEmu.Media.Listening;

/// <summary>Somebody who listens to a track: tells what is perceived when the clock gets there. One timer, and only while it
/// lives.</summary>
/// <remarks>
/// Loop-confined: created, told and disposed on the thread of the clock's timers. News comes in later turns, never within a
/// <see cref="Track.Put"/>. Dispose it when nobody waits for words any more. One at ease costs next to nothing while the others of a
/// conference speak: the score keeps what was said.
/// </remarks>
public sealed class Listener : IDisposable
{
    // So that what is left for later is told in turns that stay short.
    private const int MostLeft = 256;

    private readonly Hearing _hearing;
    private readonly TimeProvider _clock;
    private readonly Action<Perceived> _tell;
    private readonly Action<Action>? _post;
    private readonly Action _turn;
    private readonly ITimer _timer;
    private readonly HashSet<object> _watched = [];
    private bool _isDisposed;
    private bool _isPosted;
    private bool _hasChanged;
    private bool _wantsWords = true;
    private bool _isAtEase;
    private int _leftCount;
    private int _watchedWalk;

    /// <param name="track">What is listened to, from now on.</param>
    /// <param name="clock">Times the turns.</param>
    /// <param name="tell">Told in turns of its own.</param>
    /// <param name="post">Queues a turn that runs in this instant; null: a timer of no length does.</param>
    public Listener(Track track, TimeProvider clock, Action<Perceived> tell, Action<Action>? post = null)
    {
        _clock = clock;
        _post = post;
        _turn = Turn;
        _tell = perceived =>
        {
            if (!_isDisposed) tell(perceived);
        };
        _hearing = new Hearing(track, clock.GetUtcNow());
        _timer = clock.CreateTimer(_ => Turn(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        Changed();
    }

    /// <summary>False: words are not told one by one (<see cref="Hearing.WantWords"/>).</summary>
    public bool WantsWords
    {
        get => _wantsWords;
        set
        {
            if (_wantsWords == value) return;
            _wantsWords = value;
            _hearing.WantWords(value, _clock.GetUtcNow());
            if (value) Changed();
        }
    }

    /// <summary>
    /// True while nobody acts on what is heard: it is told late, all at once, when somebody asks (<see cref="CatchUp"/>,
    /// <see cref="CatchUpBefore"/>) or much has been left; but for what <see cref="Matters"/>, and where the way leads elsewhere.
    /// </summary>
    public bool IsAtEase
    {
        get => _isAtEase;
        set
        {
            if (_isAtEase == value) return;
            _isAtEase = value;
            if (value || _isDisposed) return;
            CatchUpBefore();
            Changed();
        }
    }

    /// <summary>What is told in time also at ease; null: nothing.</summary>
    public Func<Source, bool>? Matters { get; init; }

    /// <summary>
    /// Tells at once what was due before this instant; what this instant brings comes in its turn, as ever.
    /// </summary>
    public void CatchUpBefore()
    {
        var before = _clock.GetUtcNow() - TimeSpan.FromTicks(1);
        if (!_isDisposed && _hearing.At <= before) _hearing.Advance(before, _tell, _hasChanged);
    }

    /// <summary>
    /// Tells at once what is due by now, for somebody who stops listening in this turn: a word that ends at this instant was heard.
    /// </summary>
    public void CatchUp()
    {
        if (!_isDisposed) Turn();
    }

    public void Dispose()
    {
        if (_isDisposed) return;
        _isDisposed = true;
        _timer.Dispose();
        foreach (var each in _watched) Watch(each, isOn: false);
        _watched.Clear();
    }

    private void Turn()
    {
        _isPosted = false;
        if (_isDisposed) return;
        var hasChanged = _hasChanged;
        (_hasChanged, _leftCount) = (false, 0);
        _hearing.Advance(_clock.GetUtcNow(), _tell, hasChanged);
        // Whoever was told may have had enough.
        if (_isDisposed) return;
        WatchWhatIsReached();
        if (!_isAtEase && _hearing.NextDue is { } due)
        {
            _timer.Change(due - _clock.GetUtcNow() is var wait && wait > TimeSpan.Zero ? wait : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        }
    }

    private void WatchWhatIsReached()
    {
        if (_watchedWalk == _hearing.WalkCount) return;
        _watchedWalk = _hearing.WalkCount;
        _watched.RemoveWhere(each =>
        {
            if (_hearing.Reached.Contains(each)) return false;
            Watch(each, isOn: false);
            return true;
        });
        foreach (var each in _hearing.Reached)
        {
            if (_watched.Add(each)) Watch(each, isOn: true);
        }
    }

    private void Watch(object each, bool isOn)
    {
        switch (each)
        {
            case Track track when isOn: track.Changed += Changed; break;
            case Track track: track.Changed -= Changed; break;
            case Mix mix when isOn: mix.Changed += Changed; break;
            case Mix mix: mix.Changed -= Changed; break;
            case SpeechLog speech when isOn: speech.Changed += Changed; break;
            case SpeechLog speech: speech.Changed -= Changed; break;
            default: throw new InvalidOperationException($"Nothing that changes: {each}");
        }
    }

    private void Changed(Track track)
    {
        if (_isAtEase && CanWait(track[track.Count - 1].Source) && ++_leftCount < MostLeft) _hasChanged = true;
        else Changed();
    }

    private bool CanWait(Source put) => put is not (Source.Of or Source.Mixed or Source.Live) && Matters?.Invoke(put) != true;

    private void Changed()
    {
        _hasChanged = true;
        if (_post is null)
        {
            _timer.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan);
            return;
        }
        if (_isPosted) return;
        _isPosted = true;
        _post(_turn);
    }
}
