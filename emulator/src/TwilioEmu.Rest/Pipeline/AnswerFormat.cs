using TwilioEmu.Rest.Catalog;

namespace TwilioEmu.Rest.Pipeline;

/// <summary>What an answer is written in.</summary>
internal enum AnswerFormat
{
    Json,
    Xml,
    Csv,
}

/// <summary>Which format a path asks for.</summary>
/// <remarks>
/// twilio.com/docs/usage/twilios-response: 2010-04-01 answers in XML unless the path ends in <c>.json</c> or <c>.csv</c>; all
/// other APIs answer in JSON, whatever the path.
/// </remarks>
internal static class AnswerFormats
{
    private const string ClassicRoot = "/2010-04-01";

    /// <summary>True for an extension that names a format, and for none at all.</summary>
    public static bool IsFormat(string extension) => extension is "" or ".json" or ".xml" or ".csv";

    public static AnswerFormat Of(Route route)
    {
        // A path that leads nowhere has no operation to ask.
        var isClassic = route.Operation?.IsClassic ?? IsClassic(route.Path);
        return !isClassic ? AnswerFormat.Json : route.Extension switch
        {
            ".json" => AnswerFormat.Json,
            ".csv" => AnswerFormat.Csv,
            _ => AnswerFormat.Xml,
        };
    }

    /// <summary>The path as the client spelt it, but for <c>.xml</c> and <c>.csv</c>: those say how to answer, not what is asked.</summary>
    public static string PathForBehaviours(Route route) =>
        route.Extension is ".xml" or ".csv" && route.Path.EndsWith(route.Extension, StringComparison.Ordinal)
            ? route.Path[..^route.Extension.Length]
            : route.Path;

    public static string ContentType(AnswerFormat format, Operation? operation) => format switch
    {
        AnswerFormat.Xml => "application/xml",
        AnswerFormat.Csv => "text/csv",
        _ => operation?.ContentType ?? (operation is null or { IsClassic: true } ? "application/json" : "application/json;charset=utf-8"),
    };

    private static bool IsClassic(string path) =>
        path.StartsWith(ClassicRoot, StringComparison.Ordinal)
            && (path.Length == ClassicRoot.Length || path[ClassicRoot.Length] is '/' or '.');
}
