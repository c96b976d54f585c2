using TwilioEmu.Carrier.Switching;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Looping;
using TwilioEmu.Media.Listening;
using TwilioEmu.Media.Prompts;
using TwilioEmu.Media.Score;

namespace TwilioEmu.Carrier.Handsets;

/// <summary>What a phone's owner has heard since the last thing they listened for, word by word as it was spoken.</summary>
/// <remarks>
/// Loop-confined. A word is heard at the instant it has been spoken, so a person may press a key in mid-sentence, and words cut
/// off by barge-in are never heard. Sounds are unfolded into words only when somebody asks for them.
/// </remarks>
/// <param name="world">Whose clock.</param>
/// <param name="recall">Has it told at once what was heard before this instant.</param>
/// <param name="attend">Told when <see cref="IsListening"/> changes: while it is true, all is told in time.</param>
internal sealed class HandsetEar(World world, Action recall, Action attend)
{
    // An owner who never listens for anything does not remember an endless call.
    private const int MaxSounds = 500;

    private const int MaxLeft = 2000;

    private readonly List<Heard> _sounds = [];

    // Those that have not ended: few, however long the call.
    private readonly List<Heard> _sounding = [];
    private readonly Queue<string> _left = [];
    private long _leftCount;
    private Signal<bool>? _changed;
    private int _waitingCount;

    /// <summary>True while the owner waits for words.</summary>
    public bool IsListening => _waitingCount > 0;

    /// <summary>The words heard since the last match, for a failure to show.</summary>
    public string Recent
    {
        get
        {
            recall();
            var now = Now;
            return string.Join(' ', Words().Where(w => w.At <= now).TakeLast(50).Select(w => w.Text));
        }
    }

    private DateTimeOffset Now => world.Clock.GetUtcNow();

    /// <summary>A place in what is heard, from which on <see cref="HasHeardSince"/> looks.</summary>
    public long Mark => _leftCount;

    /// <summary>Something is heard on the leg.</summary>
    public void Take(Perceived perceived)
    {
        switch (perceived)
        {
            // Keys are not words; what somebody says live is heard when it has been recognised.
            case Perceived.Began { Source: Source.Keys or Source.Live }: return;
            case Perceived.Began began:
                Add(new Heard(began.Number, began.At, began.Source, began.From));
                break;
            case Perceived.Caption { IsFinal: true } caption:
                Add(new Heard(caption.Number, caption.At, new Source.Words(caption.Words, "", TimeSpan.Zero), TimeSpan.FromTicks(-1)));
                break;
            case Perceived.Ended ended:
                for (var i = _sounding.Count - 1; i >= 0; i--)
                {
                    if (_sounding[i].Number != ended.Number) continue;
                    _sounding[i].Until = ended.At;
                    _sounding.RemoveAt(i);
                }
                break;
            default: return;
        }
        _changed?.TrySet(true);
    }

    private void Add(Heard heard)
    {
        _sounds.Add(heard);
        _sounding.Add(heard);
        if (_sounds.Count > MaxSounds) _sounds.RemoveAt(0);
        if (_sounding.Count > MaxSounds) _sounding.RemoveAt(0);
    }

    /// <summary>Silence from now on: the leg has ended.</summary>
    public void Silence()
    {
        var now = Now;
        foreach (var sound in _sounds)
        {
            if (sound.Until > now) sound.Until = now;
        }
        // What is cut off stays so, whatever is told of its end.
        _sounding.Clear();
        _changed?.TrySet(true);
    }

    /// <summary>Listens until the words heard match; what matched is then behind.</summary>
    /// <returns>False when the time ran out.</returns>
    public async Task<bool> HearsAsync(TextPattern pattern, TimeSpan within, CancellationToken cancellation) =>
        await HearsAnyAsync([pattern], within, cancellation) == 0;

    /// <summary>Listens until the words heard match one of several; of those that match at one word the first stands.</summary>
    /// <returns>Its place; -1 when the time ran out.</returns>
    public async Task<int> HearsAnyAsync(IReadOnlyList<TextPattern> patterns, TimeSpan within, CancellationToken cancellation)
    {
        _waitingCount++;
        attend();
        try
        {
            return await FirstHeardAsync(patterns, Now + within, cancellation);
        }
        finally
        {
            _waitingCount--;
            attend();
        }
    }

    private async Task<int> FirstHeardAsync(IReadOnlyList<TextPattern> patterns, DateTimeOffset deadline, CancellationToken cancellation)
    {
        while (true)
        {
            var words = Words();
            var (place, count) = (-1, 0);
            for (var i = 0; i < patterns.Count; i++)
            {
                if (FirstMatch(words, patterns[i]) is > 0 and var reach && (count == 0 || reach < count)) (place, count) = (i, reach);
            }
            var due = count > 0 && words[count - 1].At < deadline ? words[count - 1].At : deadline;
            if (due <= Now)
            {
                if (count == 0 || words[count - 1].At > Now) return -1;
                Leave(words, count);
                return place;
            }
            _changed = new Signal<bool>(world.Loop);
            await _changed.WaitAsync(due - Now, world.Clock, cancellation);
        }
    }

    /// <summary>True when words that match have been spoken by now: whoever waits for them wakes in this very instant.</summary>
    public bool HasHeard(TextPattern pattern)
    {
        recall();
        var words = Words();
        return FirstMatch(words, pattern) is > 0 and var count && words[count - 1].At <= Now;
    }

    /// <summary>How many words, spoken or about to be, it takes until the pattern matches; 0 when it does not.</summary>
    private static int FirstMatch(List<Word> words, TextPattern pattern)
    {
        if (words.Count == 0 || !pattern.Matches(string.Join(' ', words.Select(w => w.Text)))) return 0;
        var text = "";
        for (var count = 1; count <= words.Count; count++)
        {
            text = count == 1 ? words[0].Text : $"{text} {words[count - 1].Text}";
            if (pattern.Matches(text)) return count;
        }
        return 0;
    }

    /// <summary>All words not left behind, in the order they began, those still to come of what sounds now included.</summary>
    private List<Word> Words()
    {
        var words = new List<Word>();
        foreach (var sound in _sounds)
        {
            words.AddRange(sound.Words.Skip(sound.Behind).Where(w => w.At <= sound.Until).Select(w => new Word(w.Text, w.At, sound)));
        }
        return words;
    }

    /// <summary>True when words that match have been spoken by now, matched by somebody meanwhile or not.</summary>
    public bool HasHeardSince(TextPattern pattern, long mark)
    {
        recall();
        var now = Now;
        var left = (int)Math.Min(_left.Count, _leftCount - mark);
        return pattern.Matches(string.Join(' ', _left.TakeLast(left).Concat(Words().Where(w => w.At <= now).Select(w => w.Text))));
    }

    private void Leave(List<Word> words, int count)
    {
        foreach (var word in words.Take(count))
        {
            word.Of.Behind++;
            _left.Enqueue(word.Text);
            if (_left.Count > MaxLeft) _left.Dequeue();
        }
        _leftCount += count;
        _sounds.RemoveAll(s => s.Behind >= s.Words.Count);
    }

    private readonly record struct Word(string Text, DateTimeOffset At, Heard Of);

    /// <summary>One thing heard.</summary>
    private sealed class Heard(int number, DateTimeOffset at, Source source, TimeSpan from)
    {
        private static readonly TimeSpan ShortTone = TimeSpan.FromSeconds(2);

        private IReadOnlyList<(string, DateTimeOffset)>? _words;

        public int Number { get; } = number;

        /// <summary>Words spoken later than this were cut off.</summary>
        public DateTimeOffset Until { get; set; } = DateTimeOffset.MaxValue;

        /// <summary>How many words have been matched.</summary>
        public int Behind { get; set; }

        public IReadOnlyList<(string Text, DateTimeOffset At)> Words => _words ??= source is Source.Words words
            ? [
                .. SpeechPace.Unfold(words.Text, words.Pace)
                    .Where(w => w.SpokenAt > from)
                    .Select(w => (w.Word, at + (w.SpokenAt - (from > TimeSpan.Zero ? from : TimeSpan.Zero))))]
            // A short tone is heard out, as a person does who speaks after the
            // beep; music and what rings on are known by their first sound.
            : [
                (
                    Sounds.Caption(source),
                    source is Source.Tone { For: { } length } && length <= ShortTone
                        ? at + length - (from > TimeSpan.Zero ? from : TimeSpan.Zero)
                        : at)];
    }
}
