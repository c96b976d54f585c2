using System.Text.Json;

namespace TwilioEmu;

/// <summary>What a phone has received, sent and heard: the last thousand of each, oldest first.</summary>
/// <param name="Number">E.164.</param>
/// <param name="Behaviour">As <see cref="HandsetSettings.ToJson"/> writes it.</param>
/// <param name="Received">Texts to it.</param>
/// <param name="Sent">Texts from it.</param>
/// <param name="Heard">What was to be heard in its calls.</param>
/// <param name="Uttered">What its owner said and pressed.</param>
/// <param name="Calls">Calls it takes part in now, or that ring it.</param>
public sealed record HandsetState(
    string Number, JsonElement Behaviour, IReadOnlyList<HandsetText> Received, IReadOnlyList<HandsetText> Sent,
    IReadOnlyList<HandsetSound> Heard,
    IReadOnlyList<HandsetSound> Uttered, IReadOnlyList<HandsetCall> Calls)
{
    /// <summary>One-time codes texted or spoken to it.</summary>
    public IReadOnlyList<HandsetCode> Codes { get; init; } = [];
}

/// <summary>A one-time code as a phone keeps it.</summary>
/// <param name="At">World time, UTC.</param>
/// <param name="Code">As it is to be typed.</param>
/// <param name="Service">Whose it is; null where the text does not say.</param>
/// <param name="Channel"><c>sms</c>, <c>whatsapp</c>, <c>call</c> and others.</param>
/// <param name="From">Who texted or called.</param>
public sealed record HandsetCode(DateTimeOffset At, string Code, string? Service, string Channel, string From);

/// <summary>A text as a phone keeps it.</summary>
/// <param name="At">World time, UTC.</param>
/// <param name="MessageSid">Empty between two phones.</param>
/// <param name="From">Sender.</param>
/// <param name="To">Receiver.</param>
/// <param name="Body">Up to 1600 characters.</param>
/// <param name="MediaUrls">Where its pictures are.</param>
public sealed record HandsetText(
    DateTimeOffset At, string MessageSid, string From, string To, string Body, IReadOnlyList<string> MediaUrls);

/// <summary>Something heard or uttered in a call.</summary>
/// <param name="At">When it began; world time, UTC.</param>
/// <param name="CallSid">In which call.</param>
/// <param name="With">The number at the other end.</param>
/// <param name="Kind">Speech, a file, keys, a tone.</param>
/// <param name="Words">What was said, the file's name, or the keys.</param>
/// <param name="Duration">Seconds.</param>
public sealed record HandsetSound(DateTimeOffset At, string CallSid, string With, string Kind, string Words, double Duration);

/// <summary>A call a phone takes part in.</summary>
/// <param name="CallSid">SID.</param>
/// <param name="With">The number at the other end.</param>
/// <param name="State"><c>dialling</c>, <c>ringing</c>, <c>connected</c> or <c>ended</c>.</param>
public sealed record HandsetCall(string CallSid, string With, string State);

/// <summary>A text that a phone sent.</summary>
/// <param name="MessageSid">Of the inbound message; null between two phones.</param>
/// <param name="From">The phone.</param>
/// <param name="To">Whom it texted.</param>
public sealed record SentText(string? MessageSid, string From, string To)
{
    /// <summary>What is odd about it: the number belongs to nobody, or tells no app.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}

/// <summary>A call that a phone placed.</summary>
/// <param name="CallSid">Of the inbound call.</param>
/// <param name="From">The phone.</param>
/// <param name="To">What it dialled.</param>
internal sealed record PlacedCall(string CallSid, string From, string To);
