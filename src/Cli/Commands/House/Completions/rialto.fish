# rialto: completion for fish
function __rialto_complete
    set -l words (commandline -opc)
    set -l line (string join ' ' -- $words[2..] (commandline -ct))
    $words[1] "[suggest:"(string length -- $line)"]" $line 2>/dev/null
end
complete -c rialto -a '(__rialto_complete)'
