using Microsoft.AspNetCore.Http;
using TwilioEmu.Kernel.Journal;
using TwilioEmu.Rest.Catalog;
using TwilioEmu.Rest.Errors;
using TwilioEmu.Rest.Paging;

namespace TwilioEmu.Rest.Pipeline;

/// <summary>Reads and checks a request off the loop: path, query, body, page.</summary>
/// <remarks>Safe from any thread.</remarks>
/// <param name="door">Where it came in.</param>
/// <param name="codes">What products say in codes of their own.</param>
internal sealed class RequestReader(FrontDoor door, ApiCodeBook codes)
{
    /// <summary>Reads what a request says, and finds what is wrong with it (<see cref="PendingRequest.Fault"/>).</summary>
    /// <param name="http">The request.</param>
    /// <param name="route">Where it leads.</param>
    /// <param name="refusal">Why it leads nowhere; null where it does.</param>
    /// <param name="credentials">As they came.</param>
    /// <param name="isBeyondCeiling">True when the account has too many in flight: such a request is turned away, and not read.</param>
    public async ValueTask<PendingRequest> ReadAsync(
        HttpContext http, Route route, TwilioError? refusal, Credentials credentials, bool isBeyondCeiling)
    {
        if (route.Operation is not { } operation)
        {
            if (route.Allow is not null) http.Response.Headers.Allow = route.Allow;
            return new PendingRequest { Door = door, Method = http.Request.Method, Route = route, Fault = refusal };
        }
        if (isBeyondCeiling)
        {
            return new PendingRequest
            {
                Door = door,
                Method = http.Request.Method,
                Route = route,
                Credentials = credentials,
                IsBeyondCeiling = true,
            };
        }
        var query = UrlEncoded.ParseQuery(http.Request.QueryString.Value, operation);
        var form = operation.Body == BodyKind.None
            ? ParsedForm.Empty
            : await FormReader.ReadAsync(http.Request, operation, http.RequestAborted);
        if (form.Unknown is { } names && names.RemoveAll(n => codes.Knows(operation, n)) > 0 && names.Count == 0)
        {
            form = form with { Unknown = null };
        }
        var pending = new PendingRequest
        {
            Door = door,
            Method = http.Request.Method,
            Route = route,
            Credentials = credentials,
            Source = http.Connection.RemoteIpAddress,
            Query = query,
            Form = form,
            IfMatch = http.Request.Headers.IfMatch,
            TellsWebhooks = http.Request.Headers["X-Twilio-Webhook-Enabled"],
            Errand = http.Request.Headers[WorldJournal.TokenHeader],
        };
        pending.Fault = query.Refusal ?? form.Refusal ?? Check(pending, operation);
        return pending;
    }

    private TwilioError? Check(PendingRequest pending, Operation operation)
    {
        if (!Checks.PathIsSound(operation, pending.Route.Values))
        {
            return TwilioError.NotFound(Router.PathInMessages(pending.Route.Path, operation));
        }
        // Bytes may have an extension of their own; what changes anything has not (inferred).
        if (operation.Method != "GET" && !AnswerFormats.IsFormat(pending.Route.Extension)) return TwilioError.NotFound(pending.Route.Path);
        if (operation.Page != PageStyle.None)
        {
            if (!PageRequest.TryRead(pending.Query.Values, operation, out var page, out var refusal)) return refusal;
            pending.Page = page;
        }
        return Checks.Find(codes, operation, pending.Query.Values, pending.Form.Values) ?? JsonChecks.Find(operation, pending.Form.Json);
    }
}
