using System.Net;
using System.Net.Sockets;
using TwilioEmu.Carrier.SipEndpoints;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Rest.Errors;
using TwilioEmu.Rest.Pipeline;
using TwilioEmu.Rest.Resources;

namespace TwilioEmu.Products.Sip;

/// <summary>The rules of SIP domains, lists and mappings, over the stored resources.</summary>
/// <remarks>Loop-confined. twilio.com/docs/voice/sip/api; error dictionary 21230 to 21255.</remarks>
internal sealed class SipOperations(World world, SipDomainBook book, Func<bool> isListening)
{
    private const int MaxDomains = 100;
    private const int MaxCredentialLists = 100;
    private const int MaxCredentials = 1000;
    private const int MaxAddressLists = 1000;
    private const int MaxAddresses = 100;
    private const int MinPasswordLength = 12;

    public IEnumerable<(string OperationId, Overlay Overlay)> Overlays =>
    [
        ("CreateSipDomain", CreateDomain), ("UpdateSipDomain", UpdateDomain), ("DeleteSipDomain", DeleteDomain),
        ("CreateSipCredentialList", (r, s) => NameFault(r, book.CredentialLists(r.Account), MaxCredentialLists, 21239, 21240) ?? s(r)),
        ("UpdateSipCredentialList", (r, s) => NameFault(r, book.CredentialLists(r.Account), int.MaxValue, 21239, 21240) ?? s(r)),
        ("DeleteSipCredentialList", DeleteCredentialList),
        ("CreateSipIpAccessControlList", (r, s) => NameFault(r, book.AddressLists(r.Account), MaxAddressLists, 21255, 21235) ?? s(r)),
        ("UpdateSipIpAccessControlList", (r, s) => NameFault(r, book.AddressLists(r.Account), int.MaxValue, 21255, 21235) ?? s(r)),
        ("DeleteSipIpAccessControlList", DeleteAddressList),
        ("CreateSipCredential", KeepCredential), ("UpdateSipCredential", KeepCredential), ("DeleteSipCredential", DeleteCredential),
        ("CreateSipIpAddress", KeepAddress), ("UpdateSipIpAddress", KeepAddress),
        ("CreateSipAuthCallsCredentialListMapping", MapCallers), ("CreateSipCredentialListMapping", MapCallers),
        ("CreateSipAuthCallsIpAccessControlListMapping", MapAddresses), ("CreateSipIpAccessControlListMapping", MapAddresses),
        ("CreateSipAuthRegistrationsCredentialListMapping", MapRegistrants),
        ("DeleteSipAuthCallsCredentialListMapping", Unmap), ("DeleteSipCredentialListMapping", Unmap),
        ("DeleteSipAuthCallsIpAccessControlListMapping", Unmap), ("DeleteSipIpAccessControlListMapping", Unmap),
    ];

    private Answer CreateDomain(RestRequest request, Behaviour stored)
    {
        if (book.DomainsOf(request.Account).Count >= MaxDomains)
        {
            return Answer.Refuse(21230, $"No more than {MaxDomains} SIP domains are allowed");
        }
        if (DomainNameFault(request) is { } fault) return fault;
        var answer = stored(Lowered(request));
        if (answer is Answer.Resource && !isListening())
        {
            world.Journal.Warn(
                request.Account, request.Path, request.Cause,
                "the SIP domain is kept and shown, but nothing listens for SIP: start TwilioEmu with --sip-port 5060");
        }
        return answer;
    }

    private Answer UpdateDomain(RestRequest request, Behaviour stored) =>
        (request.Form.Has("DomainName") ? DomainNameFault(request) : null) ?? stored(Lowered(request));

    private Answer DeleteDomain(RestRequest request, Behaviour stored)
    {
        var domains = book.DomainsOf(request.Account);
        var name = domains.Find(request.PathValues["Sid"])?["domain_name"];
        return name is not null && domains.NewestFirst().Any(d => SipDomainNames.IsBelow(d["domain_name"] ?? "", name))
            ? Answer.Refuse(21233, $"{name} has sub-domains: delete them first")
            : stored(request);
    }

    private Answer.Refusal? DomainNameFault(RestRequest request)
    {
        var name = (request.Form["DomainName"] ?? "").ToLowerInvariant();
        if (!SipDomainNames.IsValid(name))
        {
            return Refuse(21232, $"Domain {name} is not valid: letters, digits and hyphens, then .sip.twilio.com");
        }
        if (book.FindDocument(name) is var (_, taken) && taken.Key != request.PathValues.GetValueOrDefault("Sid"))
        {
            return Refuse(21232, $"Domain {name} already exists.");
        }
        return null;
    }

    private static RestRequest Lowered(RestRequest request) => request with
    {
        Form = new FormValues([.. request.Form.Pairs.Select(p => p.Key == "DomainName" ? new(p.Key, p.Value.ToLowerInvariant()) : p)]),
    };

    private Answer.Refusal? NameFault(RestRequest request, StoredList all, int max, int tooMany, int invalid)
    {
        if (all.Count >= max) return Refuse(tooMany, $"No more than {max} lists are allowed");
        var name = request.Form["FriendlyName"];
        return all.NewestFirst().Any(d => d["friendly_name"] == name && d.Key != request.PathValues.GetValueOrDefault("Sid"))
            ? Refuse(invalid, $"A list with the FriendlyName '{name}' already exists")
            : null;
    }

    private Answer DeleteCredentialList(RestRequest request, Behaviour stored)
    {
        var list = request.PathValues["Sid"];
        if (DomainsOf(request.Account, list) is { Length: > 0 } mapped)
        {
            return Answer.Refuse(21241, $"The credential list is mapped to {mapped}");
        }
        var credentials = book.Credentials(request.Account, list).NewestFirst().ToList();
        var answer = stored(request);
        if (answer is Answer.NoContent) foreach (var credential in credentials) Drop(request, credential.Key);
        return answer;
    }

    private Answer DeleteAddressList(RestRequest request, Behaviour stored) =>
        DomainsOf(request.Account, request.PathValues["Sid"]) is { Length: > 0 } mapped
            ? Answer.Refuse(21236, $"The IP access control list is mapped to {mapped}")
            : stored(request);

    /// <summary>The domains that a list is mapped to, in words.</summary>
    private string DomainsOf(AccountSid account, string list) => string.Join(", ", book.DomainsOf(account).NewestFirst()
        .Where(d =>
            book.CallerLists(account, d.Key).Contains(list) || book.AddressListsOf(account, d.Key).Contains(list)
                || book.RegistrantLists(account, d.Key).Contains(list))
        .Select(d => d["domain_name"]));

    private Answer KeepCredential(RestRequest request, Behaviour stored)
    {
        var list = request.PathValues["CredentialListSid"];
        var credentials = book.Credentials(request.Account, list);
        var sid = request.PathValues.GetValueOrDefault("Sid");
        var (username, password) = (request.Form["Username"], request.Form["Password"] ?? "");
        if (sid is null)
        {
            if (credentials.Count >= MaxCredentials)
            {
                return Answer.Refuse(21242, $"No more than {MaxCredentials} credentials are allowed in a list");
            }
            if (string.IsNullOrEmpty(username) || username.Any(c => c is ' ' or '@' or '"' or ':' || char.IsControl(c)))
            {
                return Answer.Refuse(21243, "Username is not valid");
            }
            if (credentials.NewestFirst().Any(c => c["username"] == username))
            {
                return Answer.Refuse(21243, $"A credential with the username '{username}' already exists in the list");
            }
        }
        if (!IsStrong(password))
        {
            return Answer.Refuse(
                21243, $"Password must have {MinPasswordLength} characters at least, with upper and lower case and a digit");
        }
        var answer = stored(request);
        if (answer is not Answer.Resource { Kept: Document kept }) return answer;
        var secret = new SipSecret(kept.Key, list, kept["username"]!, SipDomain.SecretOf(kept["username"]!, password));
        world.Store.Put(SipSecret.Table, request.Account, secret, SipDomainEntries.SecretKept, request.Cause);
        return answer;
    }

    private Answer DeleteCredential(RestRequest request, Behaviour stored)
    {
        var answer = stored(request);
        if (answer is Answer.NoContent) Drop(request, request.PathValues["Sid"]);
        return answer;
    }

    private void Drop(RestRequest request, string credential) =>
        world.Store.Remove(SipSecret.Table, request.Account, credential, SipDomainEntries.SecretDropped, request.Cause);

    private static bool IsStrong(string password) =>
        password.Length >= MinPasswordLength && password.Any(char.IsUpper) && password.Any(char.IsLower) && password.Any(char.IsDigit);

    private Answer KeepAddress(RestRequest request, Behaviour stored)
    {
        var addresses = book.Addresses(request.Account, request.PathValues["IpAccessControlListSid"]);
        var sid = request.PathValues.GetValueOrDefault("Sid");
        if (sid is null && addresses.Count >= MaxAddresses)
        {
            return Answer.Refuse(21237, $"No more than {MaxAddresses} addresses are allowed in a list");
        }
        var address = request.Form["IpAddress"];
        if (address is null) return stored(request);
        if (!IPAddress.TryParse(address, out var read) || read.AddressFamily != AddressFamily.InterNetwork
            || address.Count(c => c == '.') != 3)
        {
            return Answer.Refuse(21235, $"'{address}' is no IPv4 address");
        }
        if (request.Form["CidrPrefixLength"] is { } text && (!int.TryParse(text, out var length) || length is < 0 or > 32))
        {
            return Answer.Refuse(21235, "CidrPrefixLength is from 0 to 32");
        }
        if (addresses.NewestFirst().Any(a => a["ip_address"] == address && a.Key != sid))
        {
            return Answer.Refuse(21235, $"The address {address} is in the list already");
        }
        return stored(sid is not null || request.Form.Has("CidrPrefixLength")
            ? request
            : request with { Form = new FormValues([.. request.Form.Pairs, new("CidrPrefixLength", "32")]) });
    }

    private Answer MapCallers(RestRequest request, Behaviour stored) =>
        Map(request, stored, "CredentialListSid", book.CredentialLists(request.Account), book.CallerLists);

    private Answer MapAddresses(RestRequest request, Behaviour stored) =>
        Map(request, stored, "IpAccessControlListSid", book.AddressLists(request.Account), book.AddressListsOf);

    private Answer MapRegistrants(RestRequest request, Behaviour stored) =>
        Map(request, stored, "CredentialListSid", book.CredentialLists(request.Account), book.RegistrantLists);

    private Answer Map(
        RestRequest request, Behaviour stored, string parameter, StoredList lists, Func<AccountSid, string, IReadOnlyList<string>> mapped)
    {
        var sid = request.Form[parameter] ?? "";
        if (lists.Find(sid) is not { } list) return new Answer.Refusal(TwilioError.NotFound($"/SIP/{parameter[..^3]}s/{sid}"));
        if (mapped(request.Account, request.PathValues["DomainSid"]).Contains(sid))
        {
            return Answer.Refuse(21231, $"{sid} is already associated with this domain");
        }
        var answer = stored(request with
        {
            Form = new FormValues([.. request.Form.Pairs, new("FriendlyName", list["friendly_name"] ?? "")]),
        });
        Settle(request);
        return answer;
    }

    private Answer Unmap(RestRequest request, Behaviour stored)
    {
        var answer = stored(request);
        Settle(request);
        return answer;
    }

    /// <summary><c>auth_type</c> follows from what is mapped for calls: in order of the alphabet, comma, no space (measured).</summary>
    private void Settle(RestRequest request)
    {
        var sid = request.PathValues["DomainSid"];
        if (book.DomainsOf(request.Account).Find(sid) is not { } domain) return;
        var kinds = new List<string>();
        if (book.CallerLists(request.Account, sid).Count > 0) kinds.Add("CREDENTIAL_LIST");
        if (book.AddressListsOf(request.Account, sid).Count > 0) kinds.Add("IP_ACL");
        var type = string.Join(',', kinds);
        if (domain["auth_type"] == type) return;
        book.DomainsOf(request.Account).Change(domain, SipDomainEntries.AuthChanged, request.Cause, ("auth_type", type));
    }

    private static Answer.Refusal Refuse(int code, string message) => new(TwilioError.BadRequest(code, message));
}
