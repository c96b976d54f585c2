using System.Text;
using TwilioEmu.Media.Listening;
using TwilioEmu.Media.Score;

namespace TwilioEmu.Voice.Verbs.Gathering;

/// <summary>What came of a Gather.</summary>
/// <param name="Digits">Keys without the finishing one; null when words came first.</param>
/// <param name="FinishedOnKey">The key that ended it, or empty.</param>
/// <param name="Speech">Words; null when none came first.</param>
/// <param name="EndedBy">For the transcript: finish-key, num-digits, timeout, speech-timeout, max-speech-time.</param>
internal sealed record Gathered(string? Digits, string FinishedOnKey, string? Speech, string EndedBy)
{
    /// <summary>How sure the recogniser is of the words, the least sure of them; null where it does not say.</summary>
    public double? Confidence { get; init; }


    public bool IsEmpty => string.IsNullOrEmpty(Digits) && string.IsNullOrEmpty(Speech);
}

/// <summary>The rules of Gather as a state machine without a clock of its own.</summary>
/// <remarks>
/// twilio.com/docs/voice/twiml/gather. It takes what is perceived of the party, words
/// as they are spoken, so scripted and live callers are one.
/// <code>
/// prompting  x prompt ended   -> waiting, deadline = now + timeout
/// prompting  x key            -> prompt stops, keys
/// prompting  x speech begins  -> prompt stops (bargeIn), words; without bargeIn it is not heard
/// waiting    x key / speech   -> keys / words
/// keys       x finishOnKey    -> done;  x numDigits reached -> done;  x other key -> deadline = now + timeout
/// words      x speech ends    -> deadline = now + speechTimeout (auto: the first pause)
/// words      x speech again   -> no deadline but the longest speech
/// any        x deadline       -> done
/// </code>
/// The kind of input heard first wins: words after a key, and keys after words, do not count.
/// </remarks>
internal sealed class Collector(Gather gather)
{
    /// <summary>
    /// How long a silence is a pause, for <c>speechTimeout="auto"</c> (inferred; recognisers take between half a second and one).
    /// </summary>
    public static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(700);

    private readonly StringBuilder _digits = new();
    private readonly StringBuilder _words = new();
    private readonly HashSet<int> _taken = [];
    private readonly HashSet<int> _speaking = [];
    private string _guess = "";
    private double? _confidence;
    private DateTimeOffset _speechLimit;

    /// <summary>True while nested verbs play.</summary>
    public bool IsPrompting { get; private set; } = true;

    /// <summary>True once somebody began to speak.</summary>
    public bool HearsSpeech { get; private set; }

    /// <summary>When it ends by itself; null while it cannot.</summary>
    public DateTimeOffset? Deadline { get; private set; }

    /// <summary>Not null once it is done.</summary>
    public Gathered? Result { get; private set; }

    /// <summary>The words heard so far, for partial results; a recogniser's guess at the last ones included.</summary>
    public string WordsSoFar => _guess.Length == 0 ? _words.ToString() : _words.Length == 0 ? _guess : $"{_words} {_guess}";

    public void PromptEnded(DateTimeOffset now)
    {
        if (!IsPrompting) return;
        IsPrompting = false;
        Deadline = now + gather.Timeout;
    }

    /// <summary>Something is perceived of the party.</summary>
    public void Take(Perceived perceived)
    {
        switch (perceived)
        {
            case Perceived.Key key: Key(key.Digit, key.At); break;
            case Perceived.Began { Source: Source.Words or Source.Live } began: SpeechBegan(began.Number, began.At); break;
            case Perceived.Caption caption when _taken.Contains(caption.Number): Words(caption); break;
            case Perceived.Ended ended when _speaking.Remove(ended.Number): SpeechEnded(ended.At); break;
        }
    }

    /// <summary>The deadline has come.</summary>
    public void TimeUp(DateTimeOffset now)
    {
        if (Result is not null || Deadline is not { } deadline || deadline > now) return;
        Finish(!HearsSpeech ? "timeout" : now >= _speechLimit ? "max-speech-time" : "speech-timeout", "");
    }

    private void Key(char key, DateTimeOffset now)
    {
        if (!gather.TakesKeys || HearsSpeech || Result is not null) return;
        IsPrompting = false;
        if (key == gather.FinishOnKey)
        {
            Finish("finish-key", key.ToString());
            return;
        }
        _digits.Append(key);
        if (_digits.Length == gather.NumDigits) Finish("num-digits", "");
        else Deadline = now + gather.Timeout;
    }

    private void SpeechBegan(int number, DateTimeOffset now)
    {
        if (!gather.TakesSpeech || _digits.Length > 0 || Result is not null) return;
        if (IsPrompting && !gather.BargeIn) return;
        IsPrompting = false;
        if (!HearsSpeech) _speechLimit = now + gather.MaxSpeechTime;
        HearsSpeech = true;
        _taken.Add(number);
        _speaking.Add(number);
        Deadline = _speechLimit;
    }

    private void SpeechEnded(DateTimeOffset now)
    {
        if (_speaking.Count > 0 || Result is not null) return;
        var silence = now + (gather.SpeechTimeout ?? FirstPause);
        Deadline = silence < _speechLimit ? silence : _speechLimit;
    }

    private void Words(Perceived.Caption caption)
    {
        if (Result is not null) return;
        _guess = caption.IsFinal ? "" : caption.Words;
        if (!caption.IsFinal || caption.Words.Length == 0) return;
        if (_words.Length > 0) _words.Append(' ');
        _words.Append(caption.Words);
        if (caption.Confidence is { } sure && !(sure > _confidence)) _confidence = sure;
    }

    private void Finish(string endedBy, string key)
    {
        Deadline = null;
        var words = WordsSoFar;
        Result = HearsSpeech
            ? new Gathered(null, "", gather.FiltersProfanity ? Profanity.Mask(words) : words, endedBy) { Confidence = _confidence }
            : new Gathered(_digits.ToString(), key, null, endedBy);
    }
}
