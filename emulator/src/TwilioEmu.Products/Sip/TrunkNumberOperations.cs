using TwilioEmu.Accounts.Numbers;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Rest.Errors;
using TwilioEmu.Rest.Faces;
using TwilioEmu.Rest.Pipeline;

namespace TwilioEmu.Products.Sip;

/// <summary>
/// The numbers of a trunk: those whose own <c>trunk_sid</c> names it,
/// whichever of the two APIs wrote that (twilio.com/docs/sip-trunking/api/phonenumber-resource).
/// </summary>
/// <remarks>
/// Loop-confined. A number is on one trunk only, and taking it there ends its voice application;
/// a trunk that is deleted leaves its numbers (inferred).
/// </remarks>
internal sealed class TrunkNumberOperations(World world, NumberBook numbers, TrunkBook trunks)
{
    public IEnumerable<(string OperationId, Behaviour Behaviour)> Behaviours =>
    [
        ("trunking_v1/CreatePhoneNumber", Add), ("trunking_v1/FetchPhoneNumber", Fetch), ("trunking_v1/ListPhoneNumber", List),
        ("trunking_v1/DeletePhoneNumber", Remove),
    ];

    /// <summary>What is done beside the stored trunk.</summary>
    public IEnumerable<(string OperationId, Overlay Overlay)> Overlays => [("trunking_v1/DeleteTrunk", Leave)];

    /// <summary>Before a number is bought or changed: a trunk that is not there is said at once, not when the first call fails.</summary>
    public Task<Admission>? Look(RestRequest request)
    {
        if (request.Form["TrunkSid"] is { Length: > 0 } sid && SidMint.IsSid(sid, "TK") && !IsThere(request.Account, sid))
        {
            var number = numbers.FindBySid(request.Account, request.PathValues.GetValueOrDefault("Sid") ?? "")?.Number
                ?? request.Form["PhoneNumber"] ?? "the number";
            world.Journal.Warn(request.Account, request.Path, request.Cause, TrunkBook.WhyAstray(number, sid), ["TrunkSid"]);
        }
        return null;
    }

    private Answer Add(RestRequest request)
    {
        if (Trunk(request) is not { } trunk) return Answer.NotFound(request);
        var sid = request.Form["PhoneNumberSid"] ?? "";
        if (numbers.FindBySid(request.Account, sid) is not { Kind: not NumberKind.ShortCode } number)
        {
            return new Answer.Refusal(TwilioError.NotFound($"/PhoneNumbers/{sid}"));
        }
        if (number.TrunkSid is { } other && other != trunk && IsThere(request.Account, other))
        {
            return Answer.Refuse(20001, $"{sid} is on the trunk {other} already: a number is on one trunk only");
        }
        return Answer.Of(new TrunkNumber(numbers.PutOnTrunk(number, trunk, request.Cause)));
    }

    private Answer Fetch(RestRequest request) =>
        Find(request) is { } number ? Answer.Of(new TrunkNumber(number)) : Answer.NotFound(request);

    private Answer List(RestRequest request) => Trunk(request) is { } trunk
        ? new Answer.List(after =>
            numbers.NewestFirst(request.Account, after).Where(n => n.TrunkSid == trunk).Select(n => (n.Sid, (IFace)new TrunkNumber(n))))
        : Answer.NotFound(request);

    private Answer Remove(RestRequest request)
    {
        if (Find(request) is not { } number) return Answer.NotFound(request);
        numbers.PutOnTrunk(number, null, request.Cause);
        return new Answer.NoContent();
    }

    private Answer Leave(RestRequest request, Behaviour stored)
    {
        var sid = request.PathValues["Sid"];
        var answer = stored(request);
        if (IsThere(request.Account, sid)) return answer;
        foreach (var number in numbers.NewestFirst(request.Account, null).Where(n => n.TrunkSid == sid).ToList())
        {
            numbers.PutOnTrunk(number, null, request.Cause);
        }
        return answer;
    }

    private string? Trunk(RestRequest request) => request.PathValues["TrunkSid"] is var sid && IsThere(request.Account, sid) ? sid : null;

    private bool IsThere(AccountSid account, string trunk) => trunks.Trunks(account).Contains(trunk);

    private PhoneNumber? Find(RestRequest request) =>
        Trunk(request) is { } trunk && numbers.FindBySid(request.Account, request.PathValues["Sid"]) is { } number
            && number.TrunkSid == trunk
            ? number
            : null;

    /// <summary>A number as its trunk shows it: as ever, but for where it lies.</summary>
    private sealed class TrunkNumber(PhoneNumber number) : IFace
    {
        public void WriteProperty(string property, FaceWriter to)
        {
            switch (property)
            {
                case "url": to.Write($"{to.BaseUrl}/v1/Trunks/{number.TrunkSid}/PhoneNumbers/{number.Sid}"); break;
                case "links":
                    to.WriteLinks(("phone_number", $"{to.ApiUrl}/2010-04-01/Accounts/{number.Account}/IncomingPhoneNumbers/{number.Sid}"));
                    break;
                default: number.WriteProperty(property, to); break;
            }
        }
    }
}
