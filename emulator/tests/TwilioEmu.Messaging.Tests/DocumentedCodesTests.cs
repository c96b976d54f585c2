using System.Globalization;
using System.Reflection;
using System.Text;
using TwilioEmu.Rest.Errors;
using TwilioEmu.Testing.Files;

namespace TwilioEmu.Messaging.Tests;

/// <summary>
/// Every code of Programmable Messaging that twilio.com/docs/api/errors has is in <see cref="MessagingCodes"/>, and what that says is so.
/// </summary>
public sealed class DocumentedCodesTests
{
    private static readonly int[] Documented =
    [
        11100, 11200, 11201, 11202, 11203, 11205, 11206, 11210, 11215, 11216, 11217, 11220, 11235, 11236, 11237, 11240, 11241, 11242,
        11243, 11251, 11300, 11310, 11320, 11321, 11322, 11750, 11751, 11770, 12100, 12101, 12102, 12200, 12300, 12400, 14101, 14102,
        14103, 14104, 14105, 14106, 14107, 14108, 14109, 14110, 14111, 21211, 21212, 21218, 21265, 21266, 21267, 21268, 21407, 21408,
        21601, 21602, 21603, 21604, 21605, 21606, 21607, 21608, 21609, 21610, 21611, 21612, 21613, 21614, 21616, 21617, 21618, 21619,
        21620, 21621, 21622, 21623, 21624, 21626, 21627, 21635, 21652, 21653, 21654, 21655, 21656, 21657, 21658, 21659, 21660, 21661,
        21662, 21663, 21664, 21665, 21666, 21667, 21668, 21669, 21701, 21702, 21703, 21704, 21705, 21708, 21709, 21710, 21711, 21712,
        21713, 21714, 21715, 21717, 21719, 21720, 21732, 21736, 21737, 21738, 21739, 21740, 21741, 21910, 30001, 30002, 30003, 30004,
        30005, 30006, 30007, 30008, 30009, 30010, 30011, 30012, 30013, 30014, 30015, 30016, 30017, 30018, 30019, 30020, 30021, 30022,
        30023, 30024, 30025, 30026, 30027, 30028, 30029, 30030, 30031, 30032, 30033, 30034, 30035, 30036, 30037, 30038, 30039, 30040,
        30041, 30042, 30043, 30044, 30045, 30046, 30103, 30104, 30105, 30106, 30109, 30122, 30124, 30127, 30130, 30139, 30400, 30404,
        30409, 30410, 30450, 30453, 30454, 30485, 30500, 30610, 30615, 30620, 30630, 35111, 35114, 35115, 35117, 35118, 35125, 35126,
        35127, 35132, 35133, 35134, 63001, 63002, 63003, 63005, 63006, 63007, 63008, 63009, 63010, 63011, 63012, 63013, 63014, 63015,
        63016, 63017, 63018, 63019, 63020, 63021, 63022, 63023, 63024, 63025, 63026, 63027, 63028, 63029, 63030, 63031, 63032, 63033,
        63034, 63035, 63036, 63037, 63038, 63039, 63040, 63041, 63042, 63043, 63044, 63045, 63046, 63047, 63049, 63050, 63051, 63052,
        63053, 63054, 63055, 63056, 63057, 63058, 63059, 90007, 90010, 90014,
    ];

    /// <summary>The codes of the rows of both tables, and of tests of one code each.</summary>
    private static readonly HashSet<int> Caused =
    [
        .. typeof(ErrorTableTests).GetMethods().Concat(typeof(EndingCodesTests).GetMethods()).SelectMany(m => m.GetCustomAttributes<InlineDataAttribute>())
            .Select(d => d.Data[0]).OfType<int>(), 14111, 21610, 21611, 35125, 63038,
    ];

    private static readonly Dictionary<Seen, string> Words = new()
    {
        [Seen.Refused] = "refused",
        [Seen.Ends] = "ends",
        [Seen.Alert] = "alert",
        [Seen.Told] = "told",
        [Seen.Never] = "never",
    };

    [Fact]
    public void Each_documented_code_has_one_row() =>
        Documented.Where(c => MessagingCodes.All.Count(r => c >= r.First && c <= r.Last) != 1).Should().BeEmpty();

    [Fact]
    public void Rows_are_in_order() => MessagingCodes.All.Select(r => r.First).Should().OnlyHaveUniqueItems().And.BeInAscendingOrder();

    [Fact]
    public void Each_code_is_caused_by_a_row_of_the_table_of_errors_or_shown_by_the_test_it_names()
    {
        foreach (var code in MessagingCodes.All.Where(c => c.As is Seen.Refused or Seen.Ends or Seen.Alert))
        {
            if (code.Shown is null) Caused.Should().Contain(code.First, "an input gives it");
            else
            {
                File.ReadAllText(FileOf(code.Shown))
                    .Should().Contain(code.First.ToString(CultureInfo.InvariantCulture), "{0} shows it", code.Shown);
            }
        }
        Caused.Where(c => MessagingCodes.All.Any(r => r.As == Seen.Never && c >= r.First && c <= r.Last))
            .Should().BeEmpty("it is said never to come");
    }

    [Fact]
    public void What_is_a_phones_word_is_in_the_table_of_codes_so_that_a_phone_may_say_it() =>
        Documented.Where(c => MessagingCodes.All.Any(r => r.As == Seen.Told && c >= r.First && c <= r.Last))
            .Where(c => ErrorCodes.Find(c) is null).Should().BeEmpty();

    [Fact]
    public async Task The_page_of_codes_is_as_they_write_it() =>
        await Repository.PageShouldBeAsync("messaging-errors.md", Write());

    private static string FileOf(string shown) =>
        System.IO.Directory.EnumerateFiles(Repository.At("emulator", "tests"), $"{shown}.cs", SearchOption.AllDirectories)
            .Should().ContainSingle(shown).Subject;

    private static string Write()
    {
        var page = new StringBuilder("""
            # Errors of messages

            Made from the table that the tests run over; do not edit. Codes and titles: twilio.com/docs/api/errors. An alert is in `GET /_emu/v1/journal?kind=alert`, Monitor and Notifications.

            - refused: the request is answered with it.
            - ends: `error_code` of the message and `ErrorCode` of its status callback, which is `failed` or `undelivered`.
            - alert: what Twilio's debugger would tell.
            - told: a carrier's or channel's word, so a phone says it when it is told to, and any code besides:
              `PUT /_emu/v1/handsets/{number} {"texts":{"status":"undelivered","error_code":30024}}`, or under `handsets:` of the config, for `+1415*` as well.

            Why a registration fails (304xx, 305xx, 307xx to 309xx) is told likewise: `registrations: { approved: false, error_code: 30886 }`, or
            `PUT /_emu/v1/registrations/{sid} {"status":"FAILED","error_code":30886}`.

            | code | title | met as | by |
            |---|---|---|---|

            """);
        foreach (var code in MessagingCodes.All)
        {
            if (code.As == Seen.Told)
            {
                foreach (var told in Enumerable.Range(code.First, code.Last - code.First + 1).Select(ErrorCodes.Find).OfType<ErrorCode>())
                {
                    page.Append(CultureInfo.InvariantCulture, $"| {told.Code} | {told.Title} | told | {code.How} |\n");
                }
                continue;
            }
            var codes = code.Last == code.First ? $"{code.First}" : $"{code.First} to {code.Last}";
            var title = code.Last == code.First ? ErrorCodes.Find(code.First)?.Title ?? "" : "";
            page.Append(CultureInfo.InvariantCulture, $"| {codes} | {title} | {Words[code.As]} | {code.How} |\n");
        }
        return page.ToString();
    }
}
