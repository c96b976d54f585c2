using TwilioEmu.Media.Score;

namespace TwilioEmu.Media.Listening;

/// <summary>Unfolds a track into what somebody perceives who listens from an instant on. Pure but for its own state: the clock is an
/// argument.</summary>
/// <remarks>
/// What sounds already at that instant begins there with its <c>From</c>, and only words still to come are captions: the word that is being
/// spoken is one of them, so none is lost by joining. At one instant: captions, then ends, then beginnings. Not thread-safe.
/// </remarks>
public sealed class Hearing(Track track, DateTimeOffset joined)
{
    private readonly Surroundings _surroundings = new();
    private readonly Dictionary<(Track, int), Piece> _pieces = [];
    private readonly List<Piece> _inOrder = [];
    private DateTimeOffset _at = joined;
    private bool _wantsWords = true;
    private int _lastNumber;
    private bool _isSurveyed;

    /// <summary>
    /// Everything the score reaches now: what may change what is heard. Another one only when <see cref="WalkCount"/> is.
    /// </summary>
    internal HashSet<object> Reached => _surroundings.Reached;

    /// <summary>How often it was looked where the score leads.</summary>
    internal int WalkCount => _surroundings.WalkCount;

    /// <summary>The instant it has come to.</summary>
    internal DateTimeOffset At => _at;

    /// <summary>When something is to be perceived next, as the score stands; null: nothing until it changes.</summary>
    public DateTimeOffset? NextDue
    {
        get
        {
            var next = _surroundings.Next;
            foreach (var piece in _inOrder)
            {
                if (piece.NextDue is { } due && (next is null || due < next)) next = due;
            }
            return next;
        }
    }

    /// <summary>All that is perceived between two instants, told at once: for transcripts.</summary>
    public static IReadOnlyList<Perceived> Between(Track track, DateTimeOffset from, DateTimeOffset until)
    {
        var all = new List<Perceived>();
        new Hearing(track, from).Advance(until, all.Add);
        return all;
    }

    /// <summary>From an instant on words are told one by one as they are spoken, or are not, which saves
    /// a due instant each; beginnings, keys, ends and what a recogniser finds always are.</summary>
    public void WantWords(bool isWanted, DateTimeOffset now)
    {
        if (_wantsWords == isWanted) return;
        _wantsWords = isWanted;
        foreach (var piece in _inOrder) piece.WantWords(isWanted, now);
    }

    /// <summary>Time goes on to an instant; tells what was perceived on the way, in order.</summary>
    /// <remarks>Call it again for the same instant when the score has changed.</remarks>
    /// <param name="now">Not before the last one.</param>
    /// <param name="tell">Told what is perceived.</param>
    /// <param name="hasChanged">False where the score is as it was the last time: what is due is known then.</param>
    public void Advance(DateTimeOffset now, Action<Perceived> tell, bool hasChanged = true)
    {
        if (hasChanged || !_isSurveyed) Step(_at, tell);
        while (NextDue is { } due && due <= now) Step(due, tell);
        if (now > _at) _at = now;
    }

    private void Step(DateTimeOffset at, Action<Perceived> tell)
    {
        (_at, _isSurveyed) = (at, true);
        foreach (var piece in _inOrder) piece.Unfold(at, tell);
        _surroundings.Survey(track, at);
        for (var i = 0; i < _inOrder.Count; i++)
        {
            var piece = _inOrder[i];
            if (_surroundings.Sounds(piece.Key)) continue;
            piece.End(at, tell);
            _pieces.Remove(piece.Key);
            _inOrder.RemoveAt(i--);
        }
        foreach (var place in _surroundings.Places)
        {
            foreach (var (key, sound) in place.Sounds)
            {
                if (_pieces.ContainsKey(key)) continue;
                Piece piece = sound.Cue.Source is Source.Live live
                    ? new LivePiece(key, sound, live, () => ++_lastNumber)
                    : new ScoredPiece(key, sound, ++_lastNumber);
                _pieces.Add(key, piece);
                _inOrder.Add(piece);
                piece.WantWords(_wantsWords, at);
                piece.Begin(at, tell);
            }
        }
    }
}
