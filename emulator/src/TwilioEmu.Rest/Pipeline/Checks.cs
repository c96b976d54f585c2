using System.Globalization;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Text;
using TwilioEmu.Rest.Catalog;
using TwilioEmu.Rest.Errors;
using TwilioEmu.Rest.Faces;
using ValueType = TwilioEmu.Rest.Catalog.ValueType;

namespace TwilioEmu.Rest.Pipeline;

/// <summary>Holds parameters against what the document says of them. Pure.</summary>
internal static class Checks
{
    // Checked where pages are cut, with codes of their own.
    private static bool IsPaging(string name) => name is "PageSize" or "Page" or "PageToken";

    /// <summary>The first fault, or null.</summary>
    public static TwilioError? Find(ApiCodeBook codes, Operation operation, FormValues query, FormValues form)
    {
        if (codes.ChecksItself(operation)) return null;
        foreach (var parameter in operation.Parameters)
        {
            var values = parameter.Place switch { ParameterPlace.Query => query, ParameterPlace.Form => form, _ => null };
            if (values is null || IsPaging(parameter.Name)) continue;
            if (parameter.IsRequired && string.IsNullOrEmpty(values[parameter.Name])) return Missing(codes, operation, parameter);
            foreach (var (name, value) in values.Pairs)
            {
                if (name != parameter.Name) continue;
                if (IsDateFilter(parameter))
                {
                    if (value.Length == 0 || TwilioDates.TryParseFilter(value, out _, out _)) continue;
                    // The live words (twilio-node#223); what was wrong with it comes after them.
                    return TwilioError.BadRequest(
                        20001,
                        $"Invalid date value. {parameter.Name}: '{Quote.Short(value)}' is neither a date (YYYY-MM-DD) nor an instant "
                            + "(YYYY-MM-DDTHH:MM:SSZ)");
                }
                if (Fault(parameter.Facts, value) is { } wanted) return Wrong(codes, operation, parameter, value, wanted);
            }
        }
        return null;
    }

    /// <summary>The filters that are a year or a month: taken, as the live service does, whose meaning of them nobody knows.</summary>
    public static IEnumerable<string> PartialDates(Operation operation, FormValues query) =>
        from parameter in operation.Parameters
        where IsDateFilter(parameter)
        from pair in query.Pairs
        where pair.Key == parameter.Name && TwilioDates.IsPartOfDate(pair.Value)
        select $"{pair.Key}={pair.Value}";

    private static bool IsDateFilter(Parameter parameter) =>
        parameter is { Place: ParameterPlace.Query, Facts.Format: "date" or "date-time" };

    /// <summary>
    /// True when every path value that is a SID looks like one; a malformed SID is 404, not 400 (twilio.com/docs/usage/requests-to-twilio).
    /// </summary>
    public static bool PathIsSound(Operation operation, PathValues path)
    {
        // A walk by number: for every request an enumerator is one object more.
        for (var i = 0; i < operation.Parameters.Count; i++)
        {
            var parameter = operation.Parameters[i];
            if (parameter.Place != ParameterPlace.Path || parameter.Facts.SidPrefixes.Count == 0) continue;
            if (!path.TryGetValue(parameter.Name, out var value)) return false;
            // Documents are at odds about a parent's prefix; whether it is there is asked later anyway.
            var isParent = parameter.Name != operation.PathNames[^1]
                || !(operation.IsClassic ? operation.Path.AsSpan()[..^5] : operation.Path).EndsWith('}');
            if (!SidMint.IsSid(value, parameter.Facts.SidPrefixes) && !(!isParent && IsShown(operation, value))
                && !(isParent && SidMint.IsSid(value)))
            {
                return false;
            }
        }
        return true;
    }

    /// <summary>
    /// A key as the resource itself shows it, whatever the path's own pattern says (numbers_v2, ShortCodes/Applications: WF and AP).
    /// </summary>
    private static bool IsShown(Operation operation, string value) =>
        SidMint.IsSid(value, (operation.Collection.Fetch?.Shape ?? operation.Shape)?.SidPrefixes ?? []);

    /// <summary>What was wanted, when a value is not it; null when it is fine.</summary>
    public static string? Fault(ValueFacts facts, string value)
    {
        // Empty clears a value (twilio.com/docs/usage/requests-to-twilio), but no number is spelt so.
        if (value.Length == 0 && facts.Type is not (ValueType.Integer or ValueType.Number)) return null;
        switch (facts.Type)
        {
            case ValueType.Integer:
                if (!long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)) return "an integer";
                if (number < facts.Minimum) return $"at least {facts.Minimum}";
                return number > facts.Maximum ? $"at most {facts.Maximum}" : null;
            case ValueType.Number:
                return double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var real) && double.IsFinite(real)
                    ? null
                    : "a number";
            case ValueType.Boolean:
                return value.Equals("true", StringComparison.OrdinalIgnoreCase) || value.Equals("false", StringComparison.OrdinalIgnoreCase)
                    ? null
                    : "true or false";
        }
        if (facts.Words.Count > 0 && !IsWord(facts, value)) return "one of " + string.Join(", ", facts.Words);
        if (facts.SidPrefixes.Count > 0 && !SidMint.IsSid(value, facts.SidPrefixes))
        {
            return $"a SID that starts with {string.Join(" or ", facts.SidPrefixes)}";
        }
        if (value.Length < facts.MinLength) return $"at least {facts.MinLength} characters";
        if (value.Length > facts.MaxLength) return $"at most {facts.MaxLength} characters";
        if (!facts.Matches(value)) return $"text of the pattern {facts.Pattern}";
        return facts.Format switch
        {
            "uri" => IsWebUrl(value) || IsSipUri(value) ? null : "an absolute http, https or sip URL",
            "date" or "date-time" =>
                TwilioDates.TryParse(value, out _, out _) ? null : "a date (YYYY-MM-DD) or an instant (YYYY-MM-DDTHH:MM:SSZ)",
            _ => null,
        };
    }

    /// <summary>True for an absolute http or https URL with a host.</summary>
    public static bool IsWebUrl(string value) =>
        Uri.TryCreate(value, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" or "ws" or "wss" && uri.Host.Length > 0;

    // Targets of connection policies and trunks (twilio.com/docs/voice/api/connection-policy-target-resource);
    // rooms with calls of their own check more.
    private static bool IsSipUri(string value) =>
        value.StartsWith("sip:", StringComparison.OrdinalIgnoreCase) || value.StartsWith("sips:", StringComparison.OrdinalIgnoreCase);

    private static bool IsWord(ValueFacts facts, string value)
    {
        // Methods are taken in either case (inferred: SDKs of every age send both).
        var comparison = facts.Format == "http-method" || facts.Words.Contains("get") || facts.Words.Contains("post")
            ? StringComparison.OrdinalIgnoreCase
            : StringComparison.Ordinal;
        foreach (var word in facts.Words) if (word.Equals(value, comparison)) return true;
        return false;
    }

    private static TwilioError Missing(ApiCodeBook codes, Operation operation, Parameter parameter) =>
        ErrorCodes.Error(
            codes.CodeOf(operation, parameter, isMissing: true),
            $"Missing required parameter {parameter.Name} in the {(parameter.Place == ParameterPlace.Query ? "query" : "post body")}");

    private static TwilioError Wrong(ApiCodeBook codes, Operation operation, Parameter parameter, string value, string wanted)
    {
        var code = codes.CodeOf(operation, parameter);
        if (code == 20001 && operation.IsClassic && parameter.Name == "FriendlyName") code = 20002;
        // Observed: the validator's own words leak (twilio.com/docs/usage/twilios-response).
        var message = parameter.Facts.Type == ValueType.Integer && wanted == "an integer" && operation.IsClassic
            ? $"invalid literal for int() with base 10: '{value}'"
            : codes.WordsOf(operation.Document, code, parameter.Name, value) ?? $"Invalid {parameter.Name}: '{value}' is not {wanted}";
        return ErrorCodes.Error(code, message);
    }
}
