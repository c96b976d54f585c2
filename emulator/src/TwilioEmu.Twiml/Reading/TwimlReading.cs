namespace TwilioEmu.Twiml.Reading;

/// <summary>What an app's answer turned out to be.</summary>
public abstract record TwimlReading
{
    /// <summary>A document; its root is <c>&lt;Response&gt;</c>.</summary>
    public sealed record Document(TwimlElement Root) : TwimlReading;

    /// <summary><c>text/plain</c>: spoken in a call, sent back in a text exchange.</summary>
    /// <remarks>May hold TwiML, which <see cref="TwimlReader.ReadText"/> tells.</remarks>
    public sealed record PlainText(string Text) : TwimlReading;

    /// <summary>A sound file: played in a call, 12300 elsewhere.</summary>
    /// <param name="MediaType">Lower case, without parameters.</param>
    public sealed record Audio(string MediaType) : TwimlReading;

    /// <summary>No body at all (200 or 204 with nothing).</summary>
    public sealed record Empty : TwimlReading;

    /// <summary>Not usable; Twilio's code and why. Line and column are 0 where the fault has no place.</summary>
    public sealed record Faulty(int Code, string Message, int Line = 0, int Column = 0) : TwimlReading
    {
        /// <summary>
        /// True when the body is words without any markup (<c>OK</c>): an error in a call, a warning (12200) in an answer to a text.
        /// </summary>
        public bool IsWordsAlone { get; init; }

        /// <summary>The message, with its place where it has one, as the app's debugger tells it.</summary>
        public string Told => Message + TwimlPlace.Of(Line, Column);
    }

    private TwimlReading() { }
}
