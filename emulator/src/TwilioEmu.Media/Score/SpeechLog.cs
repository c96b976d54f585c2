namespace TwilioEmu.Media.Score;

/// <summary>What is known of the speech on a live input: when it begins and ends, by its level, and its words, by a recogniser.</summary>
/// <remarks>Append-only. Written on the loop, which the frame thread tells; instants are those of the telling. Read there, too.</remarks>
public sealed class SpeechLog
{
    private readonly Steps<Note> _notes = new(n => n.At);

    public int Count => _notes.Count;

    internal Note this[int index] => _notes[index];

    /// <summary>Told within each of the methods below.</summary>
    public event Action? Changed;

    /// <summary>Speech is heard.</summary>
    /// <param name="at">Now.</param>
    /// <param name="since">How long it has sounded by now: what it took to be sure.</param>
    public void Began(DateTimeOffset at, TimeSpan since) => Add(new Note(at, NoteKind.Began, since, "", false));

    /// <summary>Speech is over; silence has lasted.</summary>
    public void Ended(DateTimeOffset at) => Add(new Note(at, NoteKind.Ended, TimeSpan.Zero, "", false));

    /// <summary>Words that a recogniser found.</summary>
    /// <param name="at">Now.</param>
    /// <param name="words">What was said.</param>
    /// <param name="isFinal">False: a guess that later words replace.</param>
    /// <param name="confidence">How sure it is, 0 to 1; null where it does not say.</param>
    public void Recognised(DateTimeOffset at, string words, bool isFinal, double? confidence = null) =>
        Add(new Note(at, NoteKind.Caption, TimeSpan.Zero, words, isFinal) { Confidence = confidence });

    /// <summary>How many notes are at or before the instant.</summary>
    internal int CountAt(DateTimeOffset instant) => _notes.LastAt(instant) + 1;

    internal DateTimeOffset? NextAfter(DateTimeOffset instant) => _notes.NextAfter(instant);

    /// <summary>Since when the speech sounds that sounds once so many notes are known; null when there is silence.</summary>
    internal DateTimeOffset? SpeakingSince(int count)
    {
        for (var i = count - 1; i >= 0; i--)
        {
            var note = _notes[i];
            if (note.Kind != NoteKind.Caption) return note.Kind == NoteKind.Began ? note.At - note.Since : null;
        }
        return null;
    }

    private void Add(Note note)
    {
        _notes.Add(note);
        Changed?.Invoke();
    }

    internal enum NoteKind
    {
        Began,
        Ended,
        Caption,
    }

    internal readonly record struct Note(DateTimeOffset At, NoteKind Kind, TimeSpan Since, string Words, bool IsFinal)
    {
        public double? Confidence { get; init; }
    }
}
