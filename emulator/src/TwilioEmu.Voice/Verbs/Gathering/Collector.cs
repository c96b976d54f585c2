using System.Text;
using TwilioEmu.Carrier.Switching;
using TwilioEmu.Media.Prompts;

namespace TwilioEmu.Voice.Verbs.Gathering;

/// <summary>What came of a Gather.</summary>
/// <param name="Digits">Keys without the finishing one; null when words came first.</param>
/// <param name="FinishedOnKey">The key that ended it, or empty.</param>
/// <param name="Speech">Words; null when none came first.</param>
/// <param name="EndedBy">For the transcript: finish-key, num-digits, timeout, speech-timeout, max-speech-time.</param>
internal sealed record Gathered(string? Digits, string FinishedOnKey, string? Speech, string EndedBy)
{
    public bool IsEmpty => string.IsNullOrEmpty(Digits) && string.IsNullOrEmpty(Speech);
}

/// <summary>The rules of Gather as a state machine without a clock of its own.</summary>
/// <remarks>
/// twilio.com/docs/voice/twiml/gather.
/// <code>
/// prompting  x prompt ended   -> waiting, deadline = now + timeout
/// prompting  x key            -> prompt stops, keys
/// prompting  x words          -> prompt stops (bargeIn), words; without bargeIn they are not heard
/// waiting    x key / words    -> keys / words
/// keys       x finishOnKey    -> done;  x numDigits reached -> done;  x other key -> deadline = now + timeout
/// words      x words end      -> deadline = now + speechTimeout (auto: the first pause)
/// words      x words again    -> no deadline but the longest speech
/// any        x deadline       -> done
/// </code>
/// The kind of input heard first wins: words after a key, and keys after words, do not count.
/// </remarks>
internal sealed class Collector(Gather gather)
{
    /// <summary>How long a silence is a pause, for <c>speechTimeout="auto"</c> (inferred; recognisers take between half a second and one).</summary>
    public static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(700);

    private readonly StringBuilder _digits = new();
    private readonly StringBuilder _words = new();
    private (Utterance Utterance, DateTimeOffset Began)? _speaking;
    private DateTimeOffset _speechLimit;

    /// <summary>True while nested verbs play.</summary>
    public bool IsPrompting { get; private set; } = true;

    /// <summary>True once a word was heard.</summary>
    public bool HearsSpeech { get; private set; }

    /// <summary>When it ends by itself; null while it cannot.</summary>
    public DateTimeOffset? Deadline { get; private set; }

    /// <summary>Not null once it is done.</summary>
    public Gathered? Result { get; private set; }

    public void PromptEnded(DateTimeOffset now)
    {
        if (!IsPrompting) return;
        IsPrompting = false;
        Deadline = now + gather.Timeout;
    }

    public void Key(char key, DateTimeOffset now)
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

    public void SpeechBegan(Utterance utterance, DateTimeOffset now)
    {
        if (!gather.TakesSpeech || _digits.Length > 0 || Result is not null || utterance.Kind != UtteranceKind.Speech) return;
        if (IsPrompting && !gather.BargeIn) return;
        IsPrompting = false;
        if (!HearsSpeech) _speechLimit = now + gather.MaxSpeechTime;
        HearsSpeech = true;
        _speaking = (utterance, now);
        Deadline = _speechLimit;
    }

    public void SpeechEnded(Utterance utterance, DateTimeOffset now)
    {
        if (_speaking is not { } speaking || speaking.Utterance != utterance) return;
        // A party falls silent when it has said it all. In real time a busy loop sees the beginning late, and the words would seem to lack their end.
        Take(utterance.Caption);
        _speaking = null;
        var silence = now + (gather.SpeechTimeout ?? FirstPause);
        Deadline = silence < _speechLimit ? silence : _speechLimit;
    }

    /// <summary>The deadline has come.</summary>
    public void TimeUp(DateTimeOffset now)
    {
        if (Result is not null || Deadline is not { } deadline || deadline > now) return;
        if (_speaking is { } speaking)
        {
            Take(SpeechPace.SpokenAfter(speaking.Utterance.Caption, now - speaking.Began, speaking.Utterance.Duration));
            _speaking = null;
        }
        Finish(!HearsSpeech ? "timeout" : now >= _speechLimit ? "max-speech-time" : "speech-timeout", "");
    }

    /// <summary>The words heard up to an instant, for partial results.</summary>
    public string WordsAt(DateTimeOffset now)
    {
        var text = _words.ToString();
        if (_speaking is not { } speaking) return text;
        var unfolding = SpeechPace.SpokenAfter(speaking.Utterance.Caption, now - speaking.Began, speaking.Utterance.Duration);
        return text.Length == 0 ? unfolding : unfolding.Length == 0 ? text : $"{text} {unfolding}";
    }

    private void Take(string words)
    {
        if (words.Length == 0) return;
        if (_words.Length > 0) _words.Append(' ');
        _words.Append(words);
    }

    private void Finish(string endedBy, string key)
    {
        Deadline = null;
        Result = HearsSpeech
            ? new Gathered(null, "", gather.FiltersProfanity ? Profanity.Mask(_words.ToString()) : _words.ToString(), endedBy)
            : new Gathered(_digits.ToString(), key, null, endedBy);
    }
}
