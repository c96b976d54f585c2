using System.Globalization;
using System.Text.Json;
using TwilioEmu.Products.Numbers.Plans;
using TwilioEmu.Rest.Faces;

namespace TwilioEmu.Products.Lookup;

/// <summary>What Lookup v2 answers of one number, alone or in a batch.</summary>
/// <remarks>twilio.com/docs/lookup/v2-api. Of a number that is not valid nothing is told but why; packages not asked for are null.</remarks>
/// <param name="Question">What was asked.</param>
/// <param name="Number">What the numbering plans say.</param>
/// <param name="IsValid">True as well for a number somebody here has.</param>
/// <param name="Facts">What is known of it.</param>
/// <param name="At">When it was looked up.</param>
internal sealed record LookupFinding(LookupQuestion Question, ParsedNumber Number, bool IsValid, NumberFacts Facts, DateTimeOffset At) : IFace
{
    public const int OutOfCoverage = 60600;

    /// <summary>The members, in the document's order, that <see cref="WriteProperty"/> knows; those of a batch's item.</summary>
    public static IReadOnlyList<string> Members { get; } =
        ["calling_country_code", "country_code", "phone_number", "national_format", "valid", "validation_errors", .. Packages.All.Select(p => p.Name)];

    /// <summary>The packages that are answered: those asked for, of a valid number.</summary>
    public IEnumerable<Package> Answered => IsValid ? Question.Packages : [];

    /// <summary>True when the package has something to say of this number.</summary>
    public bool IsCovered(Package package) => package.Covers(Number.Country ?? "", Facts.LineType!);

    /// <inheritdoc/>
    public void WriteProperty(string property, FaceWriter to)
    {
        switch (property)
        {
            case "url": to.Write($"{to.BaseUrl}/v2/PhoneNumbers/{Number.E164}"); break;
            default: WriteMember(property, to.Json); break;
        }
    }

    /// <summary>True when a member is not null.</summary>
    public bool Has(string member) => member switch
    {
        "phone_number" => Number.E164 is not null,
        "calling_country_code" => IsValid && Number.CallingCode is not null,
        "country_code" => IsValid && Number.Country is not null,
        "national_format" => IsValid && Number.NationalFormat is not null,
        "valid" or "validation_errors" => true,
        _ => Answered.Any(p => p.Name == member),
    };

    /// <summary>Writes the value of a member; nothing for one that is null.</summary>
    public bool WriteMember(string member, Utf8JsonWriter json)
    {
        switch (member)
        {
            case "calling_country_code": return WriteText(json, IsValid ? Number.CallingCode : null);
            case "country_code": return WriteText(json, IsValid ? Number.Country : null);
            case "phone_number": return WriteText(json, Number.E164);
            case "national_format": return WriteText(json, IsValid ? Number.NationalFormat : null);
            case "valid": json.WriteBooleanValue(IsValid); return true;
            case "validation_errors":
                json.WriteStartArray();
                if (!IsValid) json.WriteStringValue((Number.Problem ?? NumberProblem.InvalidButPossible).Wire());
                json.WriteEndArray();
                return true;
        }
        if (Answered.FirstOrDefault(p => p.Name == member) is not { } package) return false;
        json.WriteStartObject();
        var isCovered = IsCovered(package);
        PackageWriter.Write(json, member, this, isCovered);
        if (isCovered) json.WriteNull("error_code");
        // This one package spells its code as text.
        else if (member == "reassigned_number") json.WriteString("error_code", OutOfCoverage.ToString(CultureInfo.InvariantCulture));
        else json.WriteNumber("error_code", OutOfCoverage);
        json.WriteEndObject();
        return true;
    }

    private static bool WriteText(Utf8JsonWriter json, string? text)
    {
        if (text is not null) json.WriteStringValue(text);
        return text is not null;
    }
}
