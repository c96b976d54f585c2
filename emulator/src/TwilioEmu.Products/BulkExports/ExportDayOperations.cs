using System.Globalization;
using TwilioEmu.Rest.Faces;
using TwilioEmu.Rest.Pipeline;

namespace TwilioEmu.Products.BulkExports;

/// <summary>Exports, their configuration and their days (twilio.com/docs/usage/bulkexport).</summary>
/// <remarks>
/// Loop-confined. A day's answer redirects to its file. Here the file is the same resource asked again with a signature: it wants the
/// same credentials.
/// </remarks>
internal sealed class ExportDayOperations(ExportBook book)
{
    // How long the live link lasts is not published; files are big, an hour is ample (inferred).
    private static readonly TimeSpan LinkLife = TimeSpan.FromHours(1);

    public IEnumerable<(string OperationId, Behaviour Behaviour)> Behaviours =>
    [
        ("bulkexports_v1/FetchExport", Of((_, source) => Answer.Of(new ExportFace(source.ResourceType)))),
        (
            "bulkexports_v1/FetchExportConfiguration",
            Of((request, source) => Answer.Of(book.ConfigurationOf(request.Account, source.ResourceType)))),
        ("bulkexports_v1/UpdateExportConfiguration", Of(Configure)),
        ("bulkexports_v1/ListDay", Of(List)),
        ("bulkexports_v1/FetchDay", Of(Fetch)),
    ];

    private Behaviour Of(Func<RestRequest, ExportSource, Answer> behaviour) =>
        request => book.Find(request.PathValues["ResourceType"]) is { } source ? behaviour(request, source) : Answer.NotFound(request);

    private Answer Configure(RestRequest request, ExportSource source)
    {
        var form = request.Form;
        if (Fault(form) is { } fault) return Answer.Refuse(20001, fault);
        var configuration = book.ConfigurationOf(request.Account, source.ResourceType);
        configuration = configuration with
        {
            IsEnabled = form["Enabled"] is { Length: > 0 } enabled
                ? enabled.Equals("true", StringComparison.OrdinalIgnoreCase)
                : configuration.IsEnabled,
            WebhookUrl = form["WebhookUrl"] ?? configuration.WebhookUrl,
            WebhookMethod = form["WebhookMethod"]?.ToUpperInvariant() ?? configuration.WebhookMethod,
        };
        book.World.Store.Put(ExportConfiguration.Table, request.Account, configuration, ExportEntries.ConfigurationUpdated, request.Cause);
        if (form["WebhookUrl"] is { Length: > 0 })
        {
            book.World.Journal.Warn(
                request.Account, request.Path, request.Cause,
                "UpdateExportConfiguration keeps the webhook, but a day's file is written when it is asked for, and nobody is told of it; "
                    + "jobs call theirs");
        }
        return Answer.Of(configuration);
    }

    /// <summary>twilio.com/docs/usage/bulkexport/exportconfiguration: the method is GET or POST.</summary>
    public static string? Fault(FormValues form)
    {
        if (form["WebhookMethod"] is { Length: > 0 } method && method.ToUpperInvariant() is not ("GET" or "POST"))
        {
            return $"Invalid WebhookMethod: '{method}' is neither GET nor POST";
        }
        if (form["WebhookUrl"] is { Length: > 0 } url
            && !(Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"))
        {
            return $"Invalid WebhookUrl: '{url}' is no URL";
        }
        return null;
    }

    private Answer.List List(RestRequest request, ExportSource source)
    {
        var files = book.Files(request.Account, source);
        return new Answer.List(after =>
            (after is null ? files : files.SkipWhile(f => f.Key != after).Skip(1)).Select(f => (f.Key, (IFace)f)));
    }

    private Answer Fetch(RestRequest request, ExportSource source)
    {
        if (!ExportDays.TryParse(request.PathValues["Day"], out var day) || book.File(request.Account, source, day) is not { } file)
        {
            return Answer.NotFound(request);
        }
        var now = book.World.Clock.GetUtcNow();
        if (request.Query["Expires"] is { } expires)
        {
            var isFresh = long.TryParse(expires, NumberStyles.None, CultureInfo.InvariantCulture, out var until)
                && now.ToUnixTimeSeconds() <= until;
            if (!isFresh || request.Query["Signature"] != Signature(request, expires)) return Answer.NotFound(request);
            return new Answer.Made("application/gzip", () => file.Bytes);
        }
        var end = (now + LinkLife).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var link = $"{request.BaseUrl}{request.Path}?Expires={end}&Signature={Signature(request, end)}";
        return new Answer.Redirect(307, link, new LinkFace(link));
    }

    private string Signature(RestRequest request, string expires) =>
        book.World.Chances(
            $"export link {request.Account.Value} {request.PathValues["ResourceType"]} {request.PathValues["Day"]} {expires}")
            .Next(int.MaxValue)
            .ToString("x8", CultureInfo.InvariantCulture);

    private sealed class LinkFace(string link) : IFace
    {
        public void WriteProperty(string property, FaceWriter to)
        {
            if (property == "redirect_to") to.Write(link);
        }
    }
}
