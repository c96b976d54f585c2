using System.Globalization;
using System.Text.Json;
using TwilioEmu.Carrier.SipEndpoints;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Rest.Errors;
using TwilioEmu.Rest.Pipeline;
using TwilioEmu.Rest.Resources;

namespace TwilioEmu.Products.Sip;

/// <summary>The rules of Elastic SIP Trunks, over the stored resources.</summary>
/// <remarks>Loop-confined. twilio.com/docs/sip-trunking/api; error dictionary 21245, 21248.</remarks>
internal sealed class TrunkOperations(TrunkBook book, SipDomainBook lists)
{
    private const string DomainEnd = ".pstn.twilio.com";
    private const int MaxRank = 65_535;

    private static readonly string[] Modes =
        ["do-not-record", "record-from-ringing", "record-from-answer", "record-from-ringing-dual", "record-from-answer-dual"];

    public IEnumerable<(string OperationId, Overlay Overlay)> Overlays =>
    [
        ("CreateTrunk", (r, s) => DomainFault(r) ?? s(r)), ("UpdateTrunk", (r, s) => DomainFault(r) ?? s(r)),
        ("CreateOriginationUrl", (r, s) => UrlFault(r) ?? s(r)), ("UpdateOriginationUrl", (r, s) => UrlFault(r) ?? s(r)),
        ("CreateCredentialList", (r, s) => Map(r, s, "CredentialListSid", lists.CredentialLists(r.Account), book.CredentialLists)),
        ("DeleteCredentialList", Settled),
        ("CreateIpAccessControlList", (r, s) => Map(r, s, "IpAccessControlListSid", lists.AddressLists(r.Account), book.AddressLists)),
        ("DeleteIpAccessControlList", Settled),
        (
            "UpdateRecording",
            (r, s) =>
                r.Form["Mode"] is { } mode && !Modes.Contains(mode)
                    ? Answer.Refuse(20001, $"Mode is one of {string.Join(", ", Modes)}")
                    : s(r)),
    ];

    private Answer.Refusal? DomainFault(RestRequest request)
    {
        if (request.Form["DomainName"] is not { Length: > 0 } name) return null;
        var label = name.EndsWith(DomainEnd, StringComparison.OrdinalIgnoreCase) ? name[..^DomainEnd.Length] : "";
        if (label.Length == 0 || !label.All(c => char.IsAsciiLetterOrDigit(c) || c == '-'))
        {
            return Refuse(21245, $"Domain name {name} must be letters, digits and hyphens, then {DomainEnd}");
        }
        return book.FindByDomain(name) is var (_, taken) && taken.Key != request.PathValues.GetValueOrDefault("Sid")
            ? Refuse(21248, $"Domain name {name} is taken")
            : null;
    }

    private static Answer.Refusal? UrlFault(RestRequest request)
    {
        if (request.Form["SipUrl"] is { } url && !SipAddresses.IsValid(url)) return Refuse(21247, $"'{url}' is no SIP URI");
        foreach (var name in (string[])["Weight", "Priority"])
        {
            if (request.Form[name] is { } text
                && (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var rank) || rank > MaxRank))
            {
                return Refuse(20001, $"{name} is a whole number from 0 to {MaxRank}");
            }
        }
        return null;
    }

    /// <param name="request">What was asked.</param>
    /// <param name="stored">Keeps it.</param>
    /// <param name="parameter">Names the list.</param>
    /// <param name="there">Those of the account.</param>
    /// <param name="ofTrunk">Those of a trunk.</param>
    private Answer Map(
        RestRequest request, Behaviour stored, string parameter, StoredList there, Func<AccountSid, string, StoredList> ofTrunk)
    {
        var sid = request.Form[parameter] ?? "";
        if (there.Find(sid) is not { } list) return new Answer.Refusal(TwilioError.NotFound($"/SIP/{parameter[..^3]}s/{sid}"));
        if (ofTrunk(request.Account, request.PathValues["TrunkSid"]).Contains(sid))
        {
            return Answer.Refuse(21231, $"{sid} is already associated with this trunk");
        }
        return Settled(
            request with { Form = new FormValues([.. request.Form.Pairs, new("FriendlyName", list["friendly_name"] ?? "")]) }, stored);
    }

    /// <summary><c>auth_type</c> follows from the lists: addresses first, unlike that of domains (measured).</summary>
    private Answer Settled(RestRequest request, Behaviour stored)
    {
        var answer = stored(request);
        var sid = request.PathValues["TrunkSid"];
        if (book.Trunks(request.Account).Find(sid) is not { } trunk) return answer;
        List<string> kinds = [];
        if (book.AddressLists(request.Account, sid).Count > 0) kinds.Add("IP_ACL");
        if (book.CredentialLists(request.Account, sid).Count > 0) kinds.Add("CREDENTIAL_LIST");
        var set = $"[{string.Join(',', kinds.Select(k => $"\"{JsonEncodedText.Encode(k)}\""))}]";
        book.Trunks(request.Account).Change(trunk, request.Cause, ("auth_type", string.Join(',', kinds)), ("auth_type_set", set));
        return answer;
    }

    private static Answer.Refusal Refuse(int code, string message) => new(TwilioError.BadRequest(code, message));
}
