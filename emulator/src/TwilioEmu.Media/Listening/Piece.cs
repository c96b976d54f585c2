using TwilioEmu.Media.Dtmf;
using TwilioEmu.Media.Prompts;
using TwilioEmu.Media.Score;

namespace TwilioEmu.Media.Listening;

/// <summary>One thing that sounds, as one listener follows it.</summary>
internal abstract class Piece((Track, int) key)
{
    public (Track, int) Key { get; } = key;

    public abstract DateTimeOffset? NextDue { get; }

    /// <summary>Words still to come after an instant are to be told, or none.</summary>
    public virtual void WantWords(bool isWanted, DateTimeOffset at)
    {
    }

    public abstract void Begin(DateTimeOffset at, Action<Perceived> tell);

    public abstract void Unfold(DateTimeOffset at, Action<Perceived> tell);

    public abstract void End(DateTimeOffset at, Action<Perceived> tell);
}

/// <summary>Words, keys, a tone, a file: its course is known when it begins.</summary>
internal sealed class ScoredPiece((Track, int) key, Surroundings.Sound sound, int number) : Piece(key)
{
    // None for what has neither words that are wanted nor keys: of most that sounds in a conference, beginning and end alone are told.
    private Queue<(DateTimeOffset At, string Text, bool IsKey)>? _toCome;
    private DateTimeOffset _heardSince;

    public override DateTimeOffset? NextDue => _toCome is not null && _toCome.TryPeek(out var next) ? next.At : null;

    public override void WantWords(bool isWanted, DateTimeOffset at)
    {
        if (sound.Cue.Source is not Source.Words words) return;
        _toCome?.Clear();
        if (!isWanted) return;
        _toCome ??= new();
        var from = FromAt(at);
        foreach (var (word, spokenAt) in SpeechPace.Unfold(words.Text, words.Pace))
        {
            if (spokenAt > from) _toCome.Enqueue((at + (spokenAt - from), word, false));
        }
    }

    public override void Begin(DateTimeOffset at, Action<Perceived> tell)
    {
        _heardSince = at;
        var from = FromAt(at);
        tell(new Perceived.Began(at, sound.By, number, sound.Lane, sound.Cue.Source, from));
        if (sound.Cue.Source is not Source.Keys keys) return;
        _toCome ??= new();
        var offset = TimeSpan.Zero;
        foreach (var step in DialString.Read(keys.Digits))
        {
            if (step.Key is { } key && offset >= from) _toCome.Enqueue((at + (offset - from), key.ToString(), true));
            offset += step.Duration;
        }
        Unfold(at, tell);
    }

    public override void Unfold(DateTimeOffset at, Action<Perceived> tell)
    {
        while (_toCome is not null && _toCome.TryPeek(out var next) && next.At <= at)
        {
            _toCome.Dequeue();
            if (next.IsKey) tell(new Perceived.Key(next.At, sound.By, number, sound.Lane, next.Text[0]));
            else tell(new Perceived.Caption(next.At, sound.By, number, sound.Lane, next.Text, IsFinal: true));
        }
    }

    public override void End(DateTimeOffset at, Action<Perceived> tell) =>
        tell(new Perceived.Ended(at, sound.By, number, sound.Lane, at - _heardSince));

    private TimeSpan FromAt(DateTimeOffset at) => sound.Cue.From + (at - sound.Cue.At);
}

/// <summary>A live input: it sounds for ever, and is heard while there is speech on it.</summary>
internal sealed class LivePiece((Track, int) key, Surroundings.Sound sound, Source.Live live, Func<int> nextNumber) : Piece(key)
{
    private int _known;
    private int _number;
    private DateTimeOffset _heardSince;

    /// <summary>The survey knows when its log has more.</summary>
    public override DateTimeOffset? NextDue => null;

    public override void Begin(DateTimeOffset at, Action<Perceived> tell)
    {
        _known = live.Input.Speech.CountAt(at);
        if (live.Input.Speech.SpeakingSince(_known) is { } since) BeginSpeech(at, at - since, tell);
    }

    public override void Unfold(DateTimeOffset at, Action<Perceived> tell)
    {
        var speech = live.Input.Speech;
        for (var count = speech.CountAt(at); _known < count; _known++)
        {
            var note = speech[_known];
            switch (note.Kind)
            {
                case SpeechLog.NoteKind.Began when _number == 0: BeginSpeech(at, note.Since, tell); break;
                case SpeechLog.NoteKind.Ended: End(at, tell); break;
                case SpeechLog.NoteKind.Caption:
                    // A recogniser may be sure of words only when the speech is over.
                    tell(new Perceived.Caption(at, sound.By, _number == 0 ? nextNumber() : _number, sound.Lane, note.Words, note.IsFinal)
                    {
                        Confidence = note.Confidence,
                    });
                    break;
            }
        }
    }

    public override void End(DateTimeOffset at, Action<Perceived> tell)
    {
        if (_number == 0) return;
        tell(new Perceived.Ended(at, sound.By, _number, sound.Lane, at - _heardSince));
        _number = 0;
    }

    private void BeginSpeech(DateTimeOffset at, TimeSpan from, Action<Perceived> tell)
    {
        _number = nextNumber();
        _heardSince = at;
        tell(new Perceived.Began(at, sound.By, _number, sound.Lane, live, from));
    }
}
