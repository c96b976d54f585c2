using TwilioEmu.Accounts.Numbers;
using TwilioEmu.Messaging.Lifecycle;
using TwilioEmu.Rest.Errors;
using TwilioEmu.Rest.Pipeline;

namespace TwilioEmu.Messaging.Operations;

/// <summary>
/// The filters of a list of messages: To, From, DateSent. A message that was not sent yet counts by its creation (inferred).
/// </summary>
internal sealed record MessageFilter(string? To, string? From, DateWindow Sent)
{
    public static (MessageFilter? Filter, TwilioError? Error) Read(FormValues query)
    {
        var (sent, error) = DateWindow.Read(query, "DateSent");
        return error is not null ? (null, error) : (new MessageFilter(Address(query["To"]), Address(query["From"]), sent), null);
    }

    /// <summary>What every message that matches has among its members.</summary>
    public IReadOnlyList<string> Texts { get; } = [.. new[] { To, From }.OfType<string>()];

    public bool Matches(Message message) =>
        (To is null || message.To == To) && (From is null || message.From == From) && Sent.Holds(message.Sent ?? message.Created);

    private static string? Address(string? text) => string.IsNullOrEmpty(text) ? null : E164.TryNormalize(text, out var e164) ? e164 : text;
}
