using TwilioEmu.Kernel.Text;

namespace TwilioEmu.Kernel.Tests.Text;

/// <summary>Error pages as frameworks write them, retyped by their shape.</summary>
public sealed class PageWordsTests
{
    [Theory]
    [InlineData(
        "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Error</title></head>\n"
            + "<body><pre>TypeError: Cannot read properties of undefined (reading &#39;Body&#39;)<br> &nbsp; at reply</pre></body></html>",
        "Error TypeError: Cannot read properties of undefined (reading 'Body') at reply")]
    [InlineData(
        "<!DOCTYPE html><html><head><title>RuntimeError\n at /sms</title><style>html * { padding:0 }</style></head><body><h1>RuntimeError</h1>",
        "RuntimeError at /sms RuntimeError")]
    [InlineData("\uFEFF\r\n<HTML><SCRIPT>if (a < b) c()</SCRIPT ><!-- <p>no --><body>Please &amp; log in</body></HTML>", "Please & log in")]
    public void A_page_is_told_by_its_words_alone(string page, string words) => PageWords.Of(page).Should().Be(words);

    [Theory]
    [InlineData("NullReferenceException at Orders.Reply")]
    [InlineData("<Response><Message>hi</Message></Response>")]
    [InlineData("")]
    public void What_is_no_page_is_left_to_the_caller(string text) => PageWords.Of(text).Should().BeNull();

    [Theory]
    [InlineData("<html><style>body {")]
    [InlineData("<html><!-- ")]
    [InlineData("<html")]
    public void A_page_that_breaks_off_before_its_first_word_has_none(string text) => PageWords.Of(text).Should().BeNull();

    [Fact]
    public void A_page_is_looked_at_no_further_than_its_beginning() =>
        PageWords.Of($"<html><body>first {new string(' ', 20_000)}last</body></html>").Should().Be("first");
}
