namespace TwilioEmu.Kernel.Time;

/// <summary>What virtual time may do now, as far as the outside is concerned.</summary>
internal enum Verdict
{
    /// <summary>Wait, on the wall.</summary>
    Stand,

    /// <summary>Go at the wall's pace.</summary>
    Walk,

    /// <summary>Go to the next due instant.</summary>
    Jump,
}

/// <summary>Watches the outside for a virtual clock: who holds time, who leads by hand, and for how long all have been quiet.</summary>
/// <remarks>
/// Guarded by the clock's lock. Instants are ticks of the wall (100 ns since the clock was made).
/// <code>
/// a person has stopped time             stand
/// a hold is open                        stand, HoldLife at most; walk in a crowd
/// acted or answered a moment ago        stand for the grace, longer where the outside is slow; walk in a crowd
/// a phone is led, somebody waits        stand for Thinking, then jump
/// a phone is led, nobody waits          stand for Decision or Thinking, then walk
/// else                                  jump
/// </code>
/// </remarks>
internal sealed class Bystanders(TimeProvider wall, Patience patience)
{
    // What only looks prolongs a grace so many times: enough for fetching what was just created, too little for polling to stop time.
    private const int Looks = 4;

    private readonly long _start = wall.GetTimestamp();
    private readonly LinkedList<Hold> _holds = [];
    private readonly HashSet<Lead> _leads = [];
    private readonly Stoppages _stoppages = new();
    private int _stops;
    private long _standsUntil = long.MinValue;
    private long _looksUntil = long.MinValue;
    private long _lastAct = long.MinValue / 2;
    private long _busySince;
    private int _acts;

    // When the last act was answered, until somebody comes; and the slowest of the last gaps until they came, which fades.
    private long? _answeredAt;
    private double _reaction = patience.FirstReaction.Ticks;

    public long Now => wall.GetElapsedTime(_start).Ticks;

    public IEnumerable<string> Holds => _holds.Select(h => h.Why).Order(StringComparer.Ordinal);

    public IEnumerable<string> Leads => _leads.Select(l => l.Why).Order(StringComparer.Ordinal);

    public bool HasHolds => _holds.Count > 0;

    /// <summary>How long an act that came waits for the answers of those who were asked before it.</summary>
    public TimeSpan ActGrace => _stops > 0 ? TimeSpan.Zero : Stretched(patience.AfterAnswer);

    /// <summary>How much longer time stands for what came from outside; zero when it does not.</summary>
    public TimeSpan Settling => TimeSpan.FromTicks(Math.Max(0, _standsUntil == long.MinValue ? 0 : _standsUntil - Now));

    /// <summary>For how long time has stood so far, and for whom.</summary>
    public StoodFor Stood => _stoppages.Sum;

    public void Add(Hold hold)
    {
        Busy(hold.OpenedAt);
        _holds.AddLast(hold.Place);
        if (hold.IsStop) _stops++;
    }

    public bool Remove(Hold hold)
    {
        if (hold.Place.List is null) return false;
        _holds.Remove(hold.Place);
        if (hold.IsStop) _stops--;
        return true;
    }

    public void Add(Lead lead)
    {
        // Where nobody outside acts, nobody leads by hand: a story's own steps do.
        if (patience.AfterAct == TimeSpan.Zero) return;
        _leads.Add(lead);
        _lastAct = Now;
    }

    public void Remove(Lead lead) => _leads.Remove(lead);

    /// <summary>Who leads is to decide something, or no longer: they get their time to think.</summary>
    public void Think(Lead lead)
    {
        if (_leads.Contains(lead)) _lastAct = Now;
    }

    /// <summary>
    /// Somebody comes to do something: how soon after the last answer tells how fast the outside is on this machine, now.
    /// </summary>
    /// <returns>When they came; what one of our own webhooks does came long ago.</returns>
    public long Arrive(bool isErrand)
    {
        var now = Now;
        if (isErrand)
        {
            Reacted(0);
            return long.MinValue;
        }
        if (_answeredAt is { } answered && now - answered <= Patience.SlowestReaction.Ticks)
        {
            Reacted(now - answered);
        }
        _answeredAt = null;
        return now;
    }

    /// <summary>
    /// A wait of our own on the wall is over: where it ended late, a machine too busy to wake us in time does not wake others either.
    /// </summary>
    public void Woke(long due, bool isLate)
    {
        var now = Now;
        _stoppages.End(now);
        if (isLate && now - due > Patience.UsualLateness.Ticks) Reacted(Math.Min(now - due, Patience.SlowestReaction.Ticks));
    }

    /// <summary>Something came from outside.</summary>
    public void Note(Outside what, bool isManual)
    {
        var grace = Stretched(what == Outside.Answered || (isManual && patience.AfterAct > patience.AfterAnswer)
            ? patience.AfterAnswer
            : patience.AfterAct);
        if (grace == TimeSpan.Zero) return;
        var now = Now;
        if (what is Outside.Acted or Outside.Looked) _answeredAt = now;
        switch (what)
        {
            case Outside.Waits:
                _lastAct = now;
                return;
            case Outside.Looked:
                _standsUntil = Math.Max(_standsUntil, Math.Min(now + grace.Ticks, _looksUntil));
                return;
            case Outside.Acted or Outside.Answered:
                Busy(now);
                _acts++;
                _lastAct = now;
                _standsUntil = Math.Max(_standsUntil, now + grace.Ticks);
                _looksUntil = now + (Looks * grace.Ticks);
                return;
            default:
                throw new InvalidOperationException($"nothing like {what} comes from outside");
        }
    }

    /// <summary>What time may do, and how long on the wall that stays so if nothing comes.</summary>
    /// <param name="isTold">Somebody waits for time: an advance, an expectation.</param>
    /// <param name="isEnd">What is due next is the end of an expectation.</param>
    /// <param name="remains">Ticks; <see cref="long.MaxValue"/> for ever.</param>
    public Verdict Judge(bool isTold, bool isEnd, out long remains)
    {
        var now = Now;
        remains = long.MaxValue;
        if (_stops > 0) return Verdict.Stand;
        if (_holds.Count > 0 || now < _standsUntil)
        {
            remains = _holds.First is { } oldest ? Left(oldest.Value.OpenedAt, patience.HoldLife, now) : _standsUntil - now;
            return _acts >= patience.Crowd && now - _busySince >= patience.Standstill.Ticks ? Verdict.Walk : Verdict.Stand;
        }
        _acts = 0;
        _busySince = now;
        var isLed = _leads.Count > 0;
        if (!isLed && !isEnd) return Verdict.Jump;
        var left = Left(_lastAct, isLed && !isTold && _leads.Any(l => l.IsDecisionAwaited) ? patience.Decision : patience.Thinking, now);
        if (left > 0)
        {
            remains = left;
            return Verdict.Stand;
        }
        return isLed && !isTold ? Verdict.Walk : Verdict.Jump;
    }

    /// <summary>Something is due, and time stands as it was judged to: until we wake, that counts.</summary>
    public void Stands() => _stoppages.Begin(
        HasHolds ? Stoppages.Reason.Answer : Settling > TimeSpan.Zero ? Stoppages.Reason.Grace : Stoppages.Reason.Thinking, Now);

    /// <summary>The hold that has outlived itself, taken out; null for none.</summary>
    public Hold? TakeExpired()
    {
        var oldest = _holds.First;
        while (oldest?.Value.IsStop == true) oldest = oldest.Next;
        if (oldest is null || Left(oldest.Value.OpenedAt, patience.HoldLife, Now) > 0) return null;
        _holds.Remove(oldest);
        return oldest.Value;
    }

    public void Clear()
    {
        _holds.Clear();
        _stops = 0;
        _leads.Clear();
    }

    private void Reacted(long ticks) => _reaction = Math.Max(ticks, _reaction * Patience.Fading);

    /// <summary>A grace, as much longer as the outside has shown itself slower than it allows for.</summary>
    private TimeSpan Stretched(TimeSpan grace) =>
        grace * Math.Clamp(_reaction / (Patience.UsualReaction.Ticks), 1, Patience.MostStretched);

    private static long Left(long since, TimeSpan limit, long now) =>
        limit == TimeSpan.MaxValue ? long.MaxValue : since + limit.Ticks - now;

    private void Busy(long now)
    {
        if (_holds.Count > 0 || now < _standsUntil) return;
        _busySince = now;
        _acts = 0;
    }
}
