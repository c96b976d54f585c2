using TwilioEmu.Kernel.Ids;

namespace TwilioEmu.Carrier.Switching;

/// <summary>What is at the end of an address that takes calls: a handset, a browser phone, a SIP endpoint, a trunk.</summary>
/// <remarks>Loop-confined.</remarks>
public interface IVoiceLine
{
    /// <summary>Starts ringing the line. News comes to the mailbox in later turns, never during this call.</summary>
    ILeg Place(CallOffer offer, ILegMailbox mailbox);
}

/// <summary>Takes the calls that lines dial to a number the emulator owns.</summary>
public interface IInboundCalls
{
    /// <summary>Takes an offered call and names it; the leg is the caller's, unanswered.</summary>
    /// <param name="leg">The caller. Ring, answer or refuse it.</param>
    /// <param name="offer">Who calls whom; its subject is empty.</param>
    /// <param name="mailbox">Set to whoever is to hear the leg's news.</param>
    /// <returns>The CallSid given to the call; empty when it was refused at once.</returns>
    string Receive(ILeg leg, CallOffer offer, out ILegMailbox mailbox);
}

/// <summary>A call as a line is asked to take it.</summary>
/// <param name="Account">Whose call it is; <see cref="AccountSid.None"/> when a phone dials.</param>
/// <param name="Subject">The CallSid, or empty when a phone dials.</param>
/// <param name="From">Caller as shown to the callee.</param>
/// <param name="To">Callee.</param>
/// <param name="Cause">Seq of the entry it follows from.</param>
public sealed record CallOffer(AccountSid Account, string Subject, string From, string To, long Cause);

/// <summary>One party's end of a call: signalling and what it hears and says. The party may be caller or callee.</summary>
/// <remarks>Loop-confined. Commands on an ended leg do nothing.</remarks>
public interface ILeg
{
    /// <summary>The party's address.</summary>
    string Address { get; }

    LegState State { get; }

    /// <summary>Answers the call this party dialled: it is connected from now on.</summary>
    void Answer();

    /// <summary>Refuses the call this party dialled, or ends it, whatever its state.</summary>
    void HangUp(LegEnd why);

    /// <summary>Begins to play something to the party; a former utterance ends. Captions let a scripted owner hear words.</summary>
    void Hear(Utterance utterance);

    /// <summary>Silence towards the party: the utterance is cut short (barge-in, next verb).</summary>
    void HearNothing();

    /// <summary>Keys sent to the party as tones: SendDigits, <c>&lt;Play digits&gt;</c>.</summary>
    void HearDigits(string digits);

    /// <summary>The other side waits for keys or words from the party, or no longer does; who acts for a party from outside holds time meanwhile.</summary>
    void ExpectsInput(bool isAwaited);
}

/// <summary>Where a leg is.</summary>
public enum LegState
{
    Dialling,
    Ringing,
    Answered,
    Ended,
}

/// <summary>Why a leg ended.</summary>
public enum LegEnd
{
    /// <summary>The party hung up after answer.</summary>
    HungUp,

    Busy,
    NoAnswer,
    Rejected,

    /// <summary>No such line, or it cannot be reached.</summary>
    Unreachable,

    /// <summary>The emulator's side gave up before answer.</summary>
    Cancelled,
}

/// <summary>News of a leg, handed up to whoever placed or received it. Called on the loop.</summary>
public interface ILegMailbox
{
    void Ringing(ILeg leg);

    void Answered(ILeg leg);

    /// <summary>The last news.</summary>
    void Ended(ILeg leg, LegEnd why);

    /// <summary>A key was pressed.</summary>
    void Pressed(ILeg leg, char digit);

    /// <summary>The party began to speak; the whole text is known to the carrier, the listener may use it as it unfolds.</summary>
    void BeganSpeaking(ILeg leg, Utterance utterance);

    /// <summary>The party fell silent.</summary>
    void EndedSpeaking(ILeg leg, Utterance utterance);
}

/// <summary>Sound with words to it, on its way to or from a party.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Caption">The words, or the file's name.</param>
/// <param name="Duration">How long it sounds.</param>
public sealed record Utterance(UtteranceKind Kind, string Caption, TimeSpan Duration);

/// <summary>What an utterance is made of.</summary>
public enum UtteranceKind
{
    Speech,
    Audio,
    Tone,
}

/// <summary>The words for a leg's particulars in journal entries.</summary>
public static class LegWords
{
    public static string Word(this UtteranceKind kind) => kind switch
    {
        UtteranceKind.Speech => "speech",
        UtteranceKind.Audio => "audio",
        UtteranceKind.Tone => "tone",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "no such kind of utterance"),
    };

    public static string Word(this LegEnd end) => end switch
    {
        LegEnd.HungUp => "hung-up",
        LegEnd.Busy => "busy",
        LegEnd.NoAnswer => "no-answer",
        LegEnd.Rejected => "rejected",
        LegEnd.Unreachable => "unreachable",
        LegEnd.Cancelled => "cancelled",
        _ => throw new ArgumentOutOfRangeException(nameof(end), end, "no such end of a leg"),
    };
}
