using System.Text.Json;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Text;
using TwilioEmu.Messaging.Lifecycle;
using TwilioEmu.Rest.Errors;
using TwilioEmu.Rest.Resources;

namespace TwilioEmu.Messaging.Content;

/// <summary>Finds templates, and reads what a request says of one.</summary>
/// <remarks>Loop-confined.</remarks>
internal sealed class TemplateBook(World world, StoredDocuments stored)
{
    private readonly StoredCollection _stored = stored.Of("content_v1", "/v1/Content");

    /// <summary>Those of an account.</summary>
    public StoredList Of(AccountSid account) => _stored.In(account);

    /// <summary>The account's template of a SID, or null.</summary>
    public ContentTemplate? Find(AccountSid account, string sid) => _stored.In(account).Find(sid) is { } kept ? Read(account, kept) : null;

    /// <summary>A template as it is kept.</summary>
    public ContentTemplate Read(AccountSid account, Document stored) => new(stored, ApprovalOf(account, stored.Key).Status);

    /// <summary>WhatsApp's word on a template.</summary>
    public ApprovalState ApprovalOf(AccountSid account, string sid) =>
        world.Store.Table(ApprovalState.Table, account).Find(sid) ?? new ApprovalState(sid, ApprovalState.Unsubmitted);

    /// <summary>Whether a template is there and is filled by what is given: 21655 and 21656.</summary>
    public TwilioError? Fault(AccountSid account, ContentOrder order) =>
        Find(account, order.Sid) is not { } template ? InvalidSid(order.Sid)
        : template.IsFilledBy(order) ? null
        : InvalidVariables;

    /// <summary>No template of the account has that SID (twilio.com/docs/api/errors/21655).</summary>
    public static TwilioError InvalidSid(string sid) => TwilioError.BadRequest(21655, $"The ContentSid {sid} is Invalid");

    /// <summary>As the live API words it (twilio-node#1082).</summary>
    public static TwilioError InvalidVariables => TwilioError.BadRequest(21656, "The Content Variables parameter is invalid.");

    /// <summary>Reads <c>ContentVariables</c>: an object of texts, none of them empty; null where it is anything else.</summary>
    /// <param name="text">Null or empty for none.</param>
    public static IReadOnlyDictionary<string, string>? ReadVariables(string? text)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        if (string.IsNullOrEmpty(text)) return values;
        try
        {
            using var json = JsonText.Parse(text);
            if (json.RootElement.ValueKind != JsonValueKind.Object) return null;
            foreach (var member in json.RootElement.EnumerateObject())
            {
                if (member.Value.ValueKind is JsonValueKind.Object or JsonValueKind.Array or JsonValueKind.Null) return null;
                var value = member.Value.ToString();
                if (value.Length is 0 or > Placeholders.MaxValue) return null;
                values[member.Name] = value;
            }
            return values.Count > Placeholders.MaxCount ? null : values;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
