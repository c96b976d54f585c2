using System.Globalization;
using System.Text.Json;
using TwilioEmu.Accounts.Numbers;
using TwilioEmu.Accounts.Numbers.Plans;
using TwilioEmu.Rest.Faces;

namespace TwilioEmu.Products.Lookup;

/// <summary>What Lookup v2 answers of one number, alone or in a batch.</summary>
/// <remarks>
/// twilio.com/docs/lookup/v2-api. Of a number that is not valid nothing is told but why; packages not asked for are null.
/// </remarks>
/// <param name="Question">What was asked.</param>
/// <param name="Number">What the numbering plans say.</param>
/// <param name="IsValid">True as well for a number somebody here has.</param>
/// <param name="Facts">What is known of it.</param>
/// <param name="At">When it was looked up.</param>
internal sealed record LookupFinding(
    LookupQuestion Question, ParsedNumber Number, bool IsValid, NumberFacts Facts, DateTimeOffset At) : IFace
{
    public const int OutOfCoverage = 60600;

    /// <summary>The members, in the document's order, that <see cref="WriteProperty"/> knows; those of a batch's item.</summary>
    public static IReadOnlyList<string> Members { get; } =
        [
            "calling_country_code", "country_code", "phone_number", "national_format", "valid", "validation_errors",
            .. Packages.All.Select(p => p.Name),
        ];

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
    public bool Has(string member) =>
        member is "valid" or "validation_errors" || TextOf(member) is not null || PackageOf(member) is not null;

    /// <summary>Writes the value of a member; nothing for one that is not there (<see cref="Has"/>).</summary>
    public void WriteMember(string member, Utf8JsonWriter json)
    {
        if (member == "valid") json.WriteBooleanValue(IsValid);
        else if (member == "validation_errors") WriteProblems(json);
        else if (TextOf(member) is { } text) json.WriteStringValue(text);
        else if (PackageOf(member) is { } package) WritePackage(package, json);
    }

    private string? TextOf(string member) => member switch
    {
        "phone_number" => Number.E164,
        "calling_country_code" when IsValid => Number.CallingCode,
        "country_code" when IsValid => Number.Country,
        "national_format" when IsValid => Number.NationalFormat,
        _ => null,
    };

    private Package? PackageOf(string member) => Answered.FirstOrDefault(p => p.Name == member);

    private void WriteProblems(Utf8JsonWriter json)
    {
        json.WriteStartArray();
        if (!IsValid) json.WriteStringValue((Number.Problem ?? NumberProblem.InvalidButPossible).Wire());
        json.WriteEndArray();
    }

    private void WritePackage(Package package, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        var isCovered = IsCovered(package);
        PackageWriter.Write(json, package.Name, this, isCovered);
        if (isCovered) json.WriteNull("error_code");
        // This one package spells its code as text.
        else if (package.Name == "reassigned_number") json.WriteString("error_code", OutOfCoverage.ToString(CultureInfo.InvariantCulture));
        else json.WriteNumber("error_code", OutOfCoverage);
        json.WriteEndObject();
    }
}
