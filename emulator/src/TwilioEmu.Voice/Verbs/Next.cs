using TwilioEmu.Voice.Documents;

namespace TwilioEmu.Voice.Verbs;

/// <summary>Where a call goes when a verb is done.</summary>
internal abstract record Next
{
    /// <summary>On to the next verb; after the last, the call is hung up.</summary>
    public sealed record Onward : Next;

    /// <summary>To another document; the rest of this one is never reached.</summary>
    public sealed record Document(DocumentRequest Request) : Next;

    /// <summary>The call is over: <c>&lt;Hangup&gt;</c>.</summary>
    /// <param name="Returned">Given back to the document that dialled the app (<c>&lt;Dial&gt;&lt;Application&gt;</c>).</param>
    public sealed record HangUp(IReadOnlyList<KeyValuePair<string, string>> Returned) : Next;

    /// <summary>Out of the queue it waits in: <c>&lt;Leave&gt;</c>.</summary>
    public sealed record Left : Next;

    /// <summary>The call is refused: <c>&lt;Reject&gt;</c>.</summary>
    public sealed record Reject(bool IsBusy, IReadOnlyList<KeyValuePair<string, string>> Returned) : Next;

    /// <summary>An error of Twilio's that stops the document: the fallback URL is next, or the end.</summary>
    /// <param name="Code">twilio.com/docs/api/errors.</param>
    /// <param name="Url">The URL at fault: <c>ErrorUrl</c>.</param>
    /// <param name="IsAlerted">True when the letterbox has told of it already.</param>
    /// <param name="IsOutOfReach">True when it is a sound file and nothing answered: there is no such host here, or it is silent.</param>
    public sealed record Failed(int Code, string Message, string Url, bool IsAlerted, bool IsOutOfReach = false) : Next;

    /// <summary>
    /// The call would wait in something the emulator does not do: the application
    /// error is spoken and the call ends. No fallback: the app is not at fault.
    /// </summary>
    public sealed record Unbuilt : Next;

    /// <summary>Nowhere: it was cut short, as by an <see cref="OperationCanceledException"/>, which other verbs throw.</summary>
    public sealed record CutShort : Next;

    public static readonly Next Continue = new Onward();

    public static readonly Next Cut = new CutShort();

    private Next() { }
}
