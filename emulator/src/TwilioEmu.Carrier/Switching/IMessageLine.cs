namespace TwilioEmu.Carrier.Switching;

/// <summary>What is at the end of an address that takes texts: a handset, an emulator number, an SMPP link.</summary>
/// <remarks>Loop-confined.</remarks>
public interface IMessageLine
{
    /// <summary>Takes a text; what becomes of it is told to the receipts mailbox, now or later, each at most once.</summary>
    void Submit(TextMessage message, IReceipts receipts);

    /// <summary>
    /// A text that it accepted in an earlier process goes on its way: what is still to be told of it is told when it would have been.
    /// </summary>
    /// <param name="message">The text.</param>
    /// <param name="receipts">Told of its end; it knows of the acceptance.</param>
    /// <param name="accepted">When that was.</param>
    /// <remarks>Where the end is somebody else's to tell (an SMPP peer) nothing is done: the receipt comes, or it does not.</remarks>
    void Resume(TextMessage message, IReceipts receipts, DateTimeOffset accepted)
    {
    }

    /// <summary>In what manner its receipts are to be told.</summary>
    ReceiptManner Manner => default;

    /// <summary>True when it can be reached on a channel: <c>whatsapp</c>, <c>rcs</c>.</summary>
    bool IsOn(string channel) => true;

    /// <summary>True when its owner has a user name on WhatsApp, so that businesses are not shown the number.</summary>
    bool HidesNumber => false;
}

/// <summary>News of a submitted text, handed up to whoever submitted it.</summary>
/// <remarks>
/// Called on the loop: first <see cref="Accepted"/> or <see cref="Refused"/>;
/// after Accepted at most one delivery receipt, and after that at most one <see cref="Read"/>.
/// </remarks>
public interface IReceipts
{
    /// <summary>The carrier took it.</summary>
    void Accepted(TextMessage text);

    /// <summary>The carrier did not take it; it never left.</summary>
    /// <param name="text">The text.</param>
    /// <param name="errorCode">Twilio's code, such as 30008.</param>
    void Refused(TextMessage text, int errorCode);

    /// <summary>A delivery receipt: the handset has it.</summary>
    void Delivered(TextMessage text);

    /// <summary>A delivery receipt: it will not get there.</summary>
    void Undelivered(TextMessage text, int errorCode);

    /// <summary>A read receipt, after delivery, on channels that have them.</summary>
    void Read(TextMessage text)
    {
    }
}

/// <summary>Takes the texts that phones send to a number the emulator owns.</summary>
public interface IInboundTexts
{
    /// <summary>Receives a text and names it.</summary>
    /// <returns>The MessageSid given to it; null where it became no message, as what joins a sandbox.</returns>
    string? Receive(TextMessage message);
}
