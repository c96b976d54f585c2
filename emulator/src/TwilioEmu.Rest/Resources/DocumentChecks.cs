using System.Globalization;
using TwilioEmu.Rest.Catalog;
using TwilioEmu.Rest.Errors;
using TwilioEmu.Rest.Pipeline;

namespace TwilioEmu.Rest.Resources;

/// <summary>Why a document may not be kept, changed or deleted as asked: words, names, versions.</summary>
/// <remarks>Loop-confined.</remarks>
internal sealed class DocumentChecks(ResourceLocator places, ApiCodeBook codes)
{
    /// <summary>What a client names a state by: <c>ETag</c>, <c>If-Match</c>.</summary>
    public static string TagOf(Document document) => document["revision"] ?? document.Version.ToString(CultureInfo.InvariantCulture);

    /// <summary>A parameter whose document allows any text, for a property that knows only some words.</summary>
    public Answer.Refusal? WrongWord(RestRequest request)
    {
        foreach (var (name, value) in request.Form.Pairs)
        {
            if (value.Length == 0 || request.Operation.Find(
                ParameterPlace.Form, name) is not { Facts: { Words.Count: 0, Type: Catalog.ValueType.String, IsArray: false } } parameter)
            {
                continue;
            }
            if (request.Operation.Shape?.Find(parameter.Property) is not { Facts: { Words.Count: > 0, IsArray: false } facts }
                || facts.Words.Contains(value))
            {
                continue;
            }
            return new Answer.Refusal(codes.Invalid(
                request.Operation.Document, $"Invalid {name}: '{value}' is not one of {string.Join(", ", facts.Words)}"));
        }
        return null;
    }

    /// <summary>
    /// A key or a unique name that another thing here has already: 409 (twilio.com/docs/api/errors/20409), or the product's own code.
    /// </summary>
    public Answer.Refusal? Clash(RestRequest request, ResourceAddress place, Document document)
    {
        var table = places.Table(place.Table, request.Account);
        if (request.Operation.Kind == OperationKind.Create && table.Contains(document.Key))
        {
            return new Answer.Refusal(codes.Taken(request.Operation.Document, document.Key));
        }
        if (document.Alias is not { } alias || places.IdentityOf(request.Operation.Collection).AliasProperty is not { } property)
        {
            return null;
        }
        if (property != "unique_name" && request.Operation.Kind != OperationKind.Create) return null;
        return table.FindByAlias(alias) is { } other && other.Key != document.Key
            ? new Answer.Refusal(codes.Taken(request.Operation.Document, alias))
            : null;
    }

    /// <summary>
    /// 412 when <c>If-Match</c> names another state than the present one (twilio.com/docs/sync/api, twilio.com/docs/taskrouter/api/task).
    /// </summary>
    public Answer.Refusal? Mismatch(RestRequest request, Document document)
    {
        if (request.IfMatch is not { Length: > 0 } wanted || wanted == "*"
            || request.Operation.Find(ParameterPlace.Header, "If-Match") is null)
        {
            return null;
        }
        return wanted.Trim('"') == TagOf(document) ? null : new Answer.Refusal(codes.Stale(request.Operation.Document));
    }
}
