using System.Text;
using TwilioEmu.Webhooks.Signing;

namespace TwilioEmu.Webhooks.Tests.Signing;

/// <summary>Vectors: twilio.com/docs/usage/webhooks/webhooks-security, and recomputed ones.</summary>
public sealed class TwilioSignatureTests
{
    private static readonly (string, string)[] CallParameters =
    [
        ("To", "+18005551212"), ("From", "+14158675310"), ("Digits", "1234"), ("Caller", "+14158675310"), ("CallSid", "CA1234567890ABCDE"),
    ];

    [Fact]
    public void A_form_is_signed_in_the_order_of_its_names() =>
        Sign("https://example.com/myapp.php?foo=1&bar=2", CallParameters).Should().Be("L/OH5YylLD5NRKLltdqwSvS0BnU=");

    [Fact]
    public void Another_caller_gives_another_signature() =>
        Sign("https://mycompany.com/myapp.php?foo=1&bar=2", [.. CallParameters.Select(p => (p.Item1, p.Item2.Replace("310", "309")))])
            .Should().Be("RSOYDt4T1cUTdK1PDd93/VVr8B8=");

    [Fact]
    public void A_get_signs_the_url_alone() =>
        Sign("https://example.com/myapp.php?foo=1&bar=2").Should().Be("7fNPeNJw743o4w4nyZb6i1KILQ8=");

    [Fact]
    public void Spaces_stay_and_upper_case_names_come_first() =>
        Sign(
            "https://example.com/hook", ("body", "x"), ("To", "+15005550009"), ("NumMedia", "0"), ("From", "+15005550006"),
            ("Body", " Hi  there "))
            .Should().Be("VpW2yJiXC8AzjztguNnSjY2VGu4=");

    [Fact]
    public void A_repeated_pair_counts_once() =>
        Sign("https://example.com/hook", ("A", "1"), ("A", "1")).Should().Be(Sign("https://example.com/hook", ("A", "1")));

    [Fact]
    public void Values_of_a_repeated_name_are_sorted() =>
        Sign("https://example.com/hook", ("A", "2"), ("A", "1")).Should().Be(Sign("https://example.com/hook", ("A", "1"), ("A", "2")));

    [Theory]
    [InlineData("{\"property\": \"value\", \"boolean\": true}", "0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620")]
    [InlineData(
        "{\"CallSid\":\"CA1234567890ABCDE\",\"Caller\":\"+12349013030\"}",
        "5ccde7145dfb8f56479710896586cb9d5911809d83afbe34627818790db0aec9")]
    public void A_json_body_joins_the_query_by_its_hash(string body, string hash) =>
        TwilioSignature.HashOf(Encoding.UTF8.GetBytes(body)).Should().Be(KeyValuePair.Create("bodySHA256", hash));

    [Fact]
    public void The_url_with_the_hash_of_a_json_body_is_signed_alone() =>
        Sign("https://example.com/hook?bodySHA256=0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620")
            .Should().Be("8zP4BSOTLR1x1Op1u6j899rpPJU=");

    private static string Sign(string url, params (string Name, string Value)[] parameters) =>
        TwilioSignature.Compute("12345", url, [.. parameters.Select(p => KeyValuePair.Create(p.Name, p.Value))]);
}
