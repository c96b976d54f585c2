using TwilioEmu.Kernel.Ids;

namespace TwilioEmu.Console.Control;

/// <summary>What the REST API shows: how faithfully, and things put there that no request of it makes.</summary>
internal static class ResourceCalls
{
    /// <summary>
    /// <c>GET /fidelity?product&amp;fidelity</c>: every operation with behaves,
    /// stores or shape, what it lacks, and whether it is refused for that.
    /// </summary>
    public static Task<ControlAnswer?> FidelityAsync(ControlRequest request)
    {
        var (product, level) = (request.Query("product"), request.Query("fidelity"));
        var operations = request.House.Fidelity.Where(o =>
            (product is null || o.Product == product) && (level is null || o.Fidelity == level)).ToList();
        return Task.FromResult<ControlAnswer?>(ControlAnswer.Ok(json =>
        {
            json.WriteStartObject("counts");
            foreach (var group in operations.GroupBy(o => o.Fidelity).OrderBy(g => g.Key, StringComparer.Ordinal))
            {
                json.WriteNumber(group.Key, group.Count());
            }
            json.WriteNumber("refused", operations.Count(o => o.IsRefused));
            json.WriteEndObject();
            json.WriteStartArray("operations");
            foreach (var operation in operations)
            {
                json.WriteStartObject();
                json.WriteString("product", operation.Product);
                json.WriteString("document", operation.Document);
                json.WriteString("operation", operation.Operation);
                json.WriteString("method", operation.Method);
                json.WriteString("path", operation.Path);
                json.WriteString("fidelity", operation.Fidelity);
                if (operation.Lacks is not null) json.WriteString("lacks", operation.Lacks);
                if (operation.Lack is not null) json.WriteString("lack", operation.Lack);
                json.WriteBoolean("refused", operation.IsRefused);
                json.WriteEndObject();
            }
            json.WriteEndArray();
        }));
    }

    /// <summary><c>PUT /resources/PRODUCT/PATH?account</c>: puts a resource where the live service's own doings would leave one.</summary>
    public static async Task<ControlAnswer?> PutAsync(ControlRequest request)
    {
        var account = request.Query("account");
        var properties = await request.JsonAsync();
        var path = "/" + request.Value("path");
        var refusal = await request.TurnAsync(() =>
            request.House.PutResource(account is null ? null : new AccountSid(account), request.Value("product"), path, properties));
        return refusal is null
            ? ControlAnswer.Json(201, json => json.WriteString("path", path))
            : ControlAnswer.Problem(refusal.Value.Status, refusal.Value.Message);
    }
}
