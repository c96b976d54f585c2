using System.Collections.Frozen;
using TwilioEmu.Sip.Messages;
using TwilioEmu.Sip.Parsing;

namespace TwilioEmu.Sip.Tests.Parsing;

/// <summary>The whole list of RFC 4475 and RFC 5118: what is refused, is refused for the reason named here; all else is read, and written
/// back alike.</summary>
public sealed class TortureTests
{
    /// <summary>Messages the RFC calls invalid, with what this parser finds in them. Each is answered 400 (505 for the version) or dropped,
    /// as the RFC asks.</summary>
    private static readonly FrozenDictionary<string, SipParseError> Refused = new Dictionary<string, SipParseError>
    {
        ["badinv01"] = SipParseError.BadVia,            // 3.1.2.1 empty parameters and values
        ["clerr"] = SipParseError.BodyCutShort,         // 3.1.2.2
        ["ncl"] = SipParseError.BadContentLength,       // 3.1.2.3 negative
        ["scalar02"] = SipParseError.BadCSeq,           // 3.1.2.4 2**65
        ["scalarlg"] = SipParseError.BadCSeq,           // 3.1.2.5
        ["quotbal"] = SipParseError.BadTo,              // 3.1.2.6
        ["ltgtruri"] = SipParseError.BadRequestUri,     // 3.1.2.7 an element may be liberal; this one is not
        ["lwsruri"] = SipParseError.BadRequestUri,      // 3.1.2.8
        ["lwsstart"] = SipParseError.BadRequestUri,     // 3.1.2.9 two spaces
        ["trws"] = SipParseError.BadStartLine,          // 3.1.2.10 space behind the version
        ["escruri"] = SipParseError.BadRequestUri,      // 3.1.2.11 headers in a Request-URI
        ["regbadct"] = SipParseError.BadAddress,        // 3.1.2.13 "?" without brackets
        ["badaspec"] = SipParseError.BadTo,             // 3.1.2.14 space within brackets
        ["baddn"] = SipParseError.BadFrom,              // 3.1.2.15 a comma wants quotes
        ["badvers"] = SipParseError.BadVersion,         // 3.1.2.16
        ["mismatch01"] = SipParseError.MethodMismatch,  // 3.1.2.17
        ["mismatch02"] = SipParseError.MethodMismatch,  // 3.1.2.18
        ["bigcode"] = SipParseError.BadStatus,          // 3.1.2.19
        ["insuf"] = SipParseError.BadFrom,              // 3.3.1 From, To, Call-ID are missing
        ["multi01"] = SipParseError.BadFrom,            // 3.3.8 two of each
        ["mcl01"] = SipParseError.BadContentLength,     // 3.3.9 two that disagree
        ["ipv6-bad"] = SipParseError.BadRequestUri,     // RFC 5118 4.2 no brackets
        ["ipv6-bug-abnf-3-colons"] = SipParseError.BadRequestUri, // 4.10: the grammar of RFC 3261 let it pass; no such address exists
    }.ToFrozenDictionary();

    /// <summary>Invalid by the RFC and read all the same, with the reason.</summary>
    private static readonly string[] ReadThough =
    [
        "baddate",  // 3.1.2.12: the Date of a request is nothing this element acts on, and the RFC lets such be ignored
    ];

    public static TheoryData<string, string> All => [.. new[] { "rfc4475", "rfc5118" }.SelectMany(rfc => Fixture.Names(rfc)
        .Select(name => (rfc, name)))];

    [Fact]
    public void The_list_is_whole()
    {
        Fixture.Names("rfc4475").Should().HaveCount(49);
        Fixture.Names("rfc5118").Should().HaveCount(11);
        Refused.Keys.Concat(ReadThough).Except(All.Select(row => row.Data.Item2)).Should().BeEmpty();
    }

    [Theory, MemberData(nameof(All))]
    public void A_message_is_read_or_refused_for_its_fault(string rfc, string name)
    {
        var expected = Refused.GetValueOrDefault(name, SipParseError.None);
        SipParser.TryParse(Fixture.Read(rfc, name), out _, out var error).Should().Be(expected == SipParseError.None);
        error.Should().Be(expected);
    }

    [Theory, MemberData(nameof(All))]
    public void A_message_that_is_read_is_written_back_alike(string rfc, string name)
    {
        if (!SipParser.TryParse(Fixture.Read(rfc, name), out var message, out _)) return;
        SipParser.TryParse(SipWriter.Write(message!), out var again, out var error).Should().BeTrue(error.ToString());
        again!.ToString().Should().Be(message!.ToString());
        again.Headers.Lines.Where(h => !h.Is(HeaderNames.ContentLength)).Should()
            .Equal(message.Headers.Lines.Where(h => !h.Is(HeaderNames.ContentLength)));
        again.Body.ToArray().Should().Equal(message.Body.ToArray());
    }

    [Fact]
    public void White_space_and_folds_wherever_they_may_be_are_read()
    {
        var invite = Read<SipRequest>("wsinv");
        invite.To.Tag.Should().Be("1918181833n");
        invite.From.DisplayName.Should().Be("J Rosenberg \\\"");
        invite.CSeq.Should().Be(new CSeq(9, "INVITE"));
        invite.Headers["NewFangledHeader"].Should().Be("newfangled value continued newfangled value");
        invite.Headers.Values(HeaderNames.Via).Should().HaveCount(3);
        invite.Headers.TryGetAddresses(HeaderNames.Contact, out var contacts).Should().BeTrue();
        contacts.Single().Parameters["q"].Should().Be("0.33");
        contacts.Single().DisplayName.Should().Be("Quoted string \"\"");
    }

    [Fact]
    public void Every_character_the_grammar_allows_is_read()
    {
        var request = Read<SipRequest>("intmeth");
        request.Method.Should().Be("!interesting-Method0123456789_*+`.%indeed'~");
        request.Uri.User.Should().Be("1_unusual.URI~(to-be!sure)&isn't+it$/crazy?,/;;*");
        request.Uri.Password.Should().Be("&it+has=1,weird!*pas$wo~d_too.(doesn't-it)");
        request.To.DisplayName.Should().Be("BEL:\a NUL:\0 DEL:\u007F");
        request.From.DisplayName.Should().Be("token1~` token2'+_ token3*%!.-");
        request.From.Parameters["fromParam''~+*_!.-%"].Should().Be("работающий");
    }

    [Fact]
    public void An_escape_is_no_separator()
    {
        Read<SipRequest>("esc01").Uri.UserText.Should().Be("sips:user@example.com");
        Read<SipRequest>("esc02").Method.Should().Be("RE%47IST%45R");
        Read<SipRequest>("escnull").To.Uri.UserText.Should().Be("null-\0-null");
        Read<SipRequest>("semiuri").Uri.UserText.Should().Be("user;par=u@example.net");
    }

    [Fact]
    public void What_follows_a_datagrams_body_is_not_of_it() => Read<SipRequest>("dblreq").Method.Should().Be("REGISTER");

    [Fact]
    public void A_semicolon_without_brackets_is_the_headers()
    {
        Read<SipRequest>("cparam01").Headers.TryGetAddresses(HeaderNames.Contact, out var without);
        Read<SipRequest>("cparam02").Headers.TryGetAddresses(HeaderNames.Contact, out var within);
        (without[0].Parameters.Has("unknownparam"), without[0].Uri.Parameters.Has("unknownparam")).Should().Be((true, false));
        (within[0].Parameters.Has("unknownparam"), within[0].Uri.Parameters.Has("unknownparam")).Should().Be((false, true));
    }

    [Fact]
    public void A_port_outside_the_brackets_is_a_port()
    {
        Read<SipRequest>("port-ambiguous", "rfc5118").Uri.Port.Should().BeNull();
        Read<SipRequest>("port-unambiguous", "rfc5118").Uri.Port.Should().Be(5070);
    }

    [Theory, InlineData("badvers"), InlineData("clerr"), InlineData("mismatch01"), InlineData("quotbal")]
    public void A_bad_request_of_the_right_shape_is_there_to_be_answered(string name)
    {
        SipParser.TryParse(Fixture.Read("rfc4475", name), out var message, out _).Should().BeFalse();
        message.Should().BeOfType<SipRequest>();
    }

    private static T Read<T>(string name, string rfc = "rfc4475") where T : SipMessage
    {
        SipParser.TryParse(Fixture.Read(rfc, name), out var message, out var error).Should().BeTrue(error.ToString());
        return (T)message!;
    }
}
