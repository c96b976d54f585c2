using TwilioEmu.Kernel.Ids;
using TwilioEmu.Messaging;
using TwilioEmu.Rest.Errors;
using TwilioEmu.Rest.Faces;
using TwilioEmu.Rest.Pipeline;

namespace TwilioEmu.Products.Conversations;

/// <summary>What parameters of conversations may be, beyond their shapes.</summary>
/// <remarks>Loop-confined. Error dictionary 50003 to 50528; lengths: twilio.com/docs/conversations/conversations-limits.</remarks>
internal sealed class ConversationRules(ConversationBook book, MessagingProduct messaging)
{
    // Friendly names, identities, authors; of unique names it is inferred.
    private const int MaxName = 256;

    /// <summary>The codes of single parameters, for the checks of their shapes.</summary>
    public static ApiCodes Codes(string document) => new(document)
    {
        Taken = (50353, 409),
        Parameters =
        [
            new(50341, Parameter: "MessagingServiceSid"), new(50378, Parameter: "State"), new(50308, Parameter: "DateCreated"),
            new(50309, Parameter: "DateUpdated"),
            new(50504, Parameter: "Body"), new(50510, Parameter: "MediaSid"), new(50421, Parameter: "LastReadMessageIndex"),
            new(50210, Parameter: "NotificationLevel"),
            new(50364, Parameter: "Target", Missing: 50368), new(50367, Parameter: "Configuration.FlowSid"),
            new(50055, Parameter: "Configuration.Method"), new(50204, Parameter: "Identity"),
            new(50105, "role", "Type"), new(50105, "service_role", "Type"), new(50000, "service", "FriendlyName"),
        ],
    };

    /// <summary>What is wrong with a conversation to be, or with changes of one; null for nothing.</summary>
    public TwilioError? OfConversation(AccountSid account, FormValues form)
    {
        if (AttributeRule.Large.Fault(form["Attributes"]) is { } attributes) return attributes;
        if (form["FriendlyName"] is { Length: > MaxName }) return Long(50003, "FriendlyName");
        if (form["UniqueName"] is { Length: > MaxName }) return Long(50004, "UniqueName");
        if (form["UniqueName"] is { } name && SidMint.IsSid(name, "CH")) return ErrorCodes.Error(50390);
        if (form.Has("State") && form["State"]!.Length == 0) return ErrorCodes.Error(50374);
        return form["MessagingServiceSid"] is { Length: > 0 } sid ? OfService(account, sid) : null;
    }

    /// <summary>What is wrong with a message to be, or with changes of one; null for nothing.</summary>
    public static TwilioError? OfMessage(FormValues form) =>
        AttributeRule.Small.Fault(form["Attributes"]) ?? (form["Author"] is { Length: > MaxName } ? Long(50310, "Author") : null);

    /// <summary>What is wrong with somebody's identity, or null.</summary>
    public static TwilioError? OfIdentity(string? identity) => identity switch
    {
        null => null,
        { Length: > MaxName } => Long(50207, "Identity"),
        _ => SidMint.IsSid(identity, "US") ? ErrorCodes.Error(50206) : null,
    };

    /// <summary>What is wrong with a role that somebody is given, or null: it is of the other type.</summary>
    /// <param name="request">By whom.</param>
    /// <param name="code">50100 for a user's, 50109 for a participant's.</param>
    public TwilioError? OfRole(RestRequest request, int code) =>
        request.Form["RoleSid"] is { Length: > 0 } role
            && book.Roles(request.Account, request.PathValues["ChatServiceSid"]).Find(role) is { } known
        && known["type"] == (code == 50109 ? "service" : "conversation") ? ErrorCodes.Error(code) : null;

    /// <summary>What is wrong with the window of a list, or null.</summary>
    public static TwilioError? OfWindow(FormValues query) =>
        query["StartDate"] is { Length: > 0 } from && query["EndDate"] is { Length: > 0 } to && TwilioDates.TryParse(from, out var first,
            out _) && TwilioDates.TryParse(to, out var last, out _) && last < first
            ? ErrorCodes.Error(50396)
            : null;

    private TwilioError? OfService(AccountSid account, string sid)
    {
        var owners = messaging.OwnersOfService(sid);
        return owners.Count == 0 || owners.Contains(account) ? null : ErrorCodes.Error(50342);
    }

    private static TwilioError Long(int code, string what) => ErrorCodes.Error(code, $"{what} is longer than {MaxName} characters");
}
